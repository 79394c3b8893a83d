/// A change of the source that solves a problem.
public struct Fix: Sendable, Hashable {
    /// The bytes that are replaced.
    public var span: Span
    /// What stands there as far as the phase that reports knows; where other bytes stand (an alias, an escape), the fix
    /// doesn't apply.
    public var old: String
    public var new: String
    /// True where the author can have meant nothing else, so that `flowc check --fix` writes it. A guess, such as the
    /// nearest name, is for people and editors to take.
    public var isSafe: Bool

    public init(_ span: Span, from old: String, to new: String, isSafe: Bool) {
        self.span = span
        self.old = old
        self.new = new
        self.isSafe = isSafe
    }

    /// True if the file holds what the fix replaces.
    public func applies(to file: SourceFile) -> Bool {
        span.source == file.id && Int(span.upper) <= file.bytes.count && file.text(of: span) == old
    }
}

extension SourceFile {
    /// The file with the safe fixes of the diagnostics made, and how many those were; of two that overlap the first counts.
    public func fixed(_ diagnostics: [Diagnostic]) -> (file: SourceFile, count: Int) {
        let fixes = diagnostics.compactMap(\.fix).filter { $0.isSafe && $0.applies(to: self) }
            .sorted { ($0.span.lower, $0.span.upper) < ($1.span.lower, $1.span.upper) }
        var bytes: [UInt8] = []
        var (position, count) = (0, 0)
        for fix in fixes where Int(fix.span.lower) >= position {
            bytes += self.bytes[position..<Int(fix.span.lower)]
            bytes += fix.new.utf8
            position = Int(fix.span.upper)
            count += 1
        }
        guard count > 0 else { return (self, 0) }
        return (SourceFile(id: id, name: name, bytes: bytes + self.bytes[position...]), count)
    }
}

extension Diagnostic {
    /// With "Did you mean …?" as its help, and the change to it as a guess, if a candidate is near; else with `help`.
    package func suggesting(
        _ word: String, among candidates: some Sequence<String>, else help: @autoclosure () -> String?
    ) -> Diagnostic {
        suggesting(word, meant: nearest(word, in: candidates), else: help())
    }

    /// With "Did you mean …?" as its help, and the change to it as a guess, if it is known what was meant; else with `help`.
    package func suggesting(
        _ word: String, meant near: String?, else help: @autoclosure () -> String?
    ) -> Diagnostic {
        var diagnostic = self
        if let near {
            diagnostic.help = "Did you mean '\(near)'?"
            diagnostic.fix = Fix(span, from: word, to: near, isSafe: false)
        } else {
            diagnostic.help = help()
        }
        return diagnostic
    }

    /// With a change of the marked text that is safe to make.
    package func fixed(from old: String, to new: String, at place: Span? = nil) -> Diagnostic {
        var diagnostic = self
        diagnostic.fix = Fix(place ?? span, from: old, to: new, isSafe: true)
        return diagnostic
    }
}
