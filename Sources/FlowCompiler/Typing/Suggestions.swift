/// With how many names a "Did you mean …?" may still compare unknown ones. A flow may have many of both, and is answered
/// all the same: once much was compared, nothing is suggested any more.
struct Suggestions {
    private var comparisonsLeft = 200_000

    /// Whether a name may be compared with `count` others.
    mutating func allow(_ count: Int) -> Bool {
        guard comparisonsLeft > 0 else { return false }
        comparisonsLeft -= min(count, 1_000)
        return true
    }
}
