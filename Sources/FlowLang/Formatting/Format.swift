/// What laying out a flow file gives.
public enum FormattedFile: Sendable {
    /// The file in the one form, perhaps as it was.
    case formatted(SourceFile)
    /// It can't be read as YAML, so that nothing was touched.
    case unreadable([Diagnostic])
}

/// Lays a flow file out in the one form: indentation, blanks, blank lines, quotes and line ends. Words, comments and their order stay.
///
/// It moves the bytes between the words and never writes a word anew, so that what it doesn't understand stays as it is. A file whose
/// meaning would change is given back untouched. Formatting twice is formatting once.
///
/// - Complexity: O(n) in the number of bytes.
public func format(_ file: SourceFile) -> FormattedFile {
    var problems = Problems()
    let read = readYAML(file, &problems)
    guard !problems.list.hasErrors else { return .unreadable(problems.finished().sorted()) }
    let lines = SourceFile(id: file.id, name: file.name, bytes: withLineFeeds(file.bytes))
    let plain = lines.bytes.count == file.bytes.count ? read : readYAML(lines)
    guard let tree = plain.root?.tree, let tokens = FormatTokens(of: tree) else { return .formatted(file) }
    var layout = Layout(tokens)
    let formatted = SourceFile(id: file.id, name: file.name, bytes: layout.bytes())
    guard let result = readYAML(formatted).root?.tree, result.meansTheSame(as: tree) else {
        return .formatted(file)
    }
    return .formatted(formatted)
}

private func readYAML(_ file: SourceFile) -> YAMLFile {
    var problems = Problems()
    return readYAML(file, &problems)
}

/// With `\n` for `\r\n` and `\r`, as YAML reads them.
private func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "\r")) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (offset, byte) in bytes.enumerated() {
        if byte == UInt8(ascii: "\n"), offset > 0, bytes[offset - 1] == UInt8(ascii: "\r") { continue }
        result.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
    }
    return result
}

extension YAMLTree {
    /// Whether two trees hold the same nodes, wherever they stand; of a scalar's style only its being quoted has a meaning.
    fileprivate func meansTheSame(as other: YAMLTree) -> Bool {
        cells.count == other.cells.count
            && cells.indices.allSatisfy { index in
                let (cell, twin) = (cells[index], other.cells[index])
                guard cell.kind == twin.kind, cell.end == twin.end, cell.hasAnchor == twin.hasAnchor else {
                    return false
                }
                return switch cell.kind {
                case .scalar:
                    (cell.style == .plain) == (twin.style == .plain)
                        && cell.text(in: bytes, or: texts)
                            .elementsEqual(twin.text(in: other.bytes, or: other.texts))
                case .alias: cell.text == twin.text
                case .sequence, .mapping, .invalid: true
                }
            }
    }
}
