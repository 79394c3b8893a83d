/// The tree of a file, laid flat: every node is a cell, and what it holds stands behind it. A file has as many nodes as words, so
/// that an object for each would cost more than all that is read from them.
final class YAMLTree: Sendable {
    /// The file's number.
    let source: UInt32
    /// As they were scanned.
    let bytes: [UInt8]
    let cells: [YAMLCell]
    /// The texts that aren't the source byte for byte, side by side.
    let texts: [UInt8]

    init(source: UInt32, bytes: [UInt8], cells: [YAMLCell], texts: [UInt8]) {
        self.source = source
        self.bytes = bytes
        self.cells = cells
        self.texts = texts
    }

    /// The node at a place; of an alias, the one that it stands for.
    func node(at index: Int) -> YAMLNode {
        let cell = cells[index]
        return YAMLNode(tree: self, index: cell.kind == .alias ? Int(cell.text) : index)
    }

    func span(of index: Int) -> Span {
        Span(source: source, lower: cells[index].lower, upper: cells[index].upper)
    }

    func scalar(at index: Int) -> YAMLScalar {
        let cell = cells[index]
        return YAMLScalar(
            text: text(of: cell), style: cell.style, contentLower: cell.contentLower,
            isVerbatim: cell.isVerbatim, hasAnchor: cell.hasAnchor)
    }

    func items(of index: Int) -> [YAMLNode] {
        var items: [YAMLNode] = []
        items.reserveCapacity(Int(cells[index].count))
        var item = index + 1
        while item < Int(cells[index].end) {
            items.append(node(at: item))
            item = Int(cells[item].end)
        }
        return items
    }

    /// Keys and values stand in turn; a key at the end may have lost its value to a syntax error.
    func entries(of index: Int) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        entries.reserveCapacity(Int(cells[index].count))
        var key = index + 1
        while key < Int(cells[index].end) {
            let value = Int(cells[key].end)
            guard value < Int(cells[index].end) else { break }
            if !cells[key].isDropped {
                let name = cells[key].kind == .alias ? Int(cells[key].text) : key
                entries.append(
                    YAMLEntry(
                        key: Located(text(of: cells[name]), span(of: name)), value: node(at: value)))
            }
            key = Int(cells[value].end)
        }
        return entries
    }

    private func text(of cell: YAMLCell) -> String {
        String(decoding: cell.text(in: bytes, or: texts), as: UTF8.self)
    }
}

/// A node of the tree in a few bytes.
struct YAMLCell: Sendable {
    enum Kind: UInt8 {
        case scalar, sequence, mapping
        case invalid
        case alias
    }

    var kind: Kind
    var style = YAMLScalar.Style.plain
    var isVerbatim = false
    var hasAnchor = false
    /// A key that is left out with its value; it was reported.
    var isDropped = false
    /// Where it was written.
    var lower: UInt32
    var upper: UInt32
    var contentLower: UInt32 = 0
    /// Where a scalar's text begins: in the file, or in `YAMLTree.texts`. For an alias the place of the node that it stands for.
    var text: UInt32 = 0
    /// The bytes of a scalar's text; the items or entries of a collection.
    var count: UInt32 = 0
    /// The place behind the node and all that it holds.
    var end: UInt32

    /// The bytes of a scalar's text.
    func text(in bytes: [UInt8], or texts: [UInt8]) -> ArraySlice<UInt8> {
        let range = Int(text)..<Int(text) + Int(count)
        return isVerbatim ? bytes[range] : texts[range]
    }
}
