import FlowProgram

/// The static pieces of a program, each once.
struct StaticTable {
    private(set) var pieces: [StaticPiece] = []
    private var indices: [String: Int] = [:]

    mutating func index(of xml: String, units: Int = 0) -> Int {
        if let index = indices[xml] { return index }
        indices[xml] = pieces.count
        pieces.append(StaticPiece(xml: xml, units: units))
        return pieces.count - 1
    }
}
