import FlowProgram

/// The static pieces of a program, each once: two are the same if their bytes are. To Swift's own `==` a composed and a
/// decomposed letter are one, and a document would get the other's bytes.
struct StaticTable {
    private(set) var pieces: [StaticPiece] = []
    /// By the hash of the bytes; where that is taken by others, by the next free number.
    private var indices: [Int: Int] = [:]

    mutating func index(of xml: String, units: Int = 0) -> Int {
        var xml = xml
        return xml.withUTF8 { index(of: $0, units: units) }
    }

    mutating func index(of xml: ArraySlice<UInt8>) -> Int {
        xml.withUnsafeBufferPointer { index(of: $0, units: 0) }
    }

    private mutating func index(of xml: UnsafeBufferPointer<UInt8>, units: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(xml))
        var hash = hasher.finalize()
        while let index = indices[hash] {
            if pieces[index].holds(xml) { return index }
            hash &+= 1
        }
        indices[hash] = pieces.count
        pieces.append(StaticPiece(xml: String(decoding: xml, as: UTF8.self), units: units))
        return pieces.count - 1
    }
}

extension StaticPiece {
    fileprivate func holds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        xml.utf8.withContiguousStorageIfAvailable { own in
            var difference: UInt8 = 0
            for (left, right) in zip(own, bytes) { difference |= left ^ right }
            return own.count == bytes.count && difference == 0
        } ?? xml.utf8.elementsEqual(bytes)
    }
}
