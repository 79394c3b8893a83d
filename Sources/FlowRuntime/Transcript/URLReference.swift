/// An absolute http(s) URL, taken apart at the borders that RFC 3986 names. Nothing is decoded or corrected.
struct AbsoluteURL {
    /// `https://flows.example.com`
    let origin: ArraySlice<UInt8>
    /// `/voice/main-menu`, empty or beginning with a slash.
    let path: ArraySlice<UInt8>
    /// `?a=b`, or empty.
    let query: ArraySlice<UInt8>

    /// - Parameter whole: without fragment.
    init?(_ whole: ArraySlice<UInt8>) {
        guard let scheme = ["https://", "http://"].first(where: { whole.starts(with: $0.utf8) }) else {
            return nil
        }
        let rest = whole.dropFirst(scheme.utf8.count)
        let pathStart = rest.firstIndex { $0 == slash || $0 == questionMark } ?? rest.endIndex
        guard pathStart > rest.startIndex else { return nil }
        let queryStart = rest.firstIndex(of: questionMark) ?? rest.endIndex
        origin = whole[..<pathStart]
        path = whole[pathStart..<max(pathStart, queryStart)]
        query = whole[queryStart...]
    }
}

/// Resolves a reference of a document against the document's URL, as browsers and the provider do. A fragment is dropped: on
/// webhook URLs it holds connection overrides, which are neither sent nor signed.
///
/// - Returns: nil if the base isn't absolute.
func resolve(_ reference: String, against base: String) -> String? {
    let reference = withoutFragment(withoutOuterBlanks(reference))
    if AbsoluteURL(reference) != nil { return text(reference) }
    guard let base = AbsoluteURL(withoutFragment(base)) else { return nil }
    if reference.isEmpty { return text(base.origin + base.path + base.query) }
    if reference.starts(with: "//".utf8) {
        return text(base.origin.prefix { $0 != slash } + reference)
    }
    if reference.first == slash { return text(base.origin + withoutDotSegments(reference)) }
    if reference.first == questionMark { return text(base.origin + base.path + reference) }
    let folder = base.path.lastIndex(of: slash).map { base.path[...$0] } ?? [slash]
    return text(base.origin + withoutDotSegments(folder + reference))
}

/// Whether a URL belongs to the server at a base URL.
func haveSameOrigin(_ base: String, _ url: String) -> Bool {
    guard let base = AbsoluteURL(withoutFragment(base)), let url = AbsoluteURL(withoutFragment(url)) else {
        return false
    }
    return base.origin == url.origin
}

private let slash = UInt8(ascii: "/")
private let questionMark = UInt8(ascii: "?")

private func withoutFragment(_ url: String) -> ArraySlice<UInt8> {
    Array(url.utf8).prefix { $0 != UInt8(ascii: "#") }
}

private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
}

/// RFC 3986, 5.2.4, of an absolute path that may carry a query.
private func withoutDotSegments(_ target: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let queryStart = target.firstIndex(of: questionMark) ?? target.endIndex
    let segments = target[..<queryStart].split(separator: slash, omittingEmptySubsequences: false).dropFirst()
    var kept: [ArraySlice<UInt8>] = []
    for (index, segment) in zip(segments.indices, segments) {
        let isLast = index == segments.endIndex - 1
        if segment.elementsEqual(".".utf8) {
            if isLast { kept.append([]) }
        } else if segment.elementsEqual("..".utf8) {
            _ = kept.popLast()
            if isLast { kept.append([]) }
        } else {
            kept.append(segment)
        }
    }
    return [slash] + kept.joined(separator: [slash]) + target[queryStart...]
}
