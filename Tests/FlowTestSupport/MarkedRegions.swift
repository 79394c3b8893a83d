/// Regions of a page that are written from the code: `<!-- table: NAME -->` … `<!-- end -->`, each on a line of its own.
public struct MarkedRegions: Sendable {
    private let lines: [Substring]

    public init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// In the order of the page.
    public var names: [String] { lines.compactMap(name) }

    /// The page with each region as `table` gives it; where it gives nil the region stays as it is.
    public func text(with table: (String) -> String?) -> String {
        var result: [Substring] = []
        var rest = lines[...]
        while let line = rest.popFirst() {
            result.append(line)
            guard let name = name(line), let end = rest.firstIndex(of: "<!-- end -->"),
                let table = table(name)
            else { continue }
            result += table.split(separator: "\n", omittingEmptySubsequences: false)
            rest = rest[end...]
        }
        return result.joined(separator: "\n")
    }

    private func name(_ line: Substring) -> String? {
        guard line.hasPrefix("<!-- table: "), line.hasSuffix(" -->") else { return nil }
        return String(line.dropFirst(12).dropLast(4))
    }
}
