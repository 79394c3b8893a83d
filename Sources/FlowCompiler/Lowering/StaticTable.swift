import FlowProgram

/// The static pieces of a program, each once.
struct StaticTable {
    private(set) var pieces: [StaticPiece] = []
    private var indices: [ExactText: Int] = [:]

    mutating func index(of xml: String, units: Int = 0) -> Int {
        let key = ExactText(text: xml)
        if let index = indices[key] { return index }
        indices[key] = pieces.count
        pieces.append(StaticPiece(xml: xml, units: units))
        return pieces.count - 1
    }
}

/// A text by its bytes: to Swift's own `==` a composed and a decomposed letter are one, and a document would get the other's bytes.
private struct ExactText: Hashable {
    let text: String

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
}
