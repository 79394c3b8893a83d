#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Answers fetches from a file, for transcripts and `flowc talk`:
///
/// ```json
/// [
///   {"url": "https://geo.example.com/search", "query": {"name": "Boston"}, "json": {"results": []}},
///   {"url": "https://geo.example.com/search", "failure": "timeout"},
///   {"method": "POST", "url": "https://api.example.com/orders", "status": 503, "body": "busy"}
/// ]
/// ```
///
/// The first entry that fits answers: its method if it has one, its URL without query, and its query parameters, which must all be
/// in the request's query. What fits no entry is unreachable.
package struct CannedFetcher: Fetcher {
    private let entries: [Entry]

    fileprivate struct Entry: Sendable {
        let method: String?
        /// Without query.
        let url: [UInt8]
        let query: [QueryParameter]
        let answer: FetchAnswer
    }

    fileprivate struct QueryParameter: Sendable {
        let name: [UInt8]
        let value: [UInt8]
    }

    /// What is wrong with the file.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// The entry, from 0; nil if the file as a whole is wrong.
        package var entry: Int?
        package var message: String

        package var description: String {
            entry.map { "entry \($0): \(message)" } ?? message
        }
    }

    /// Reads the file's bytes.
    ///
    /// - Throws: the first entry that is wrong.
    package init(json bytes: [UInt8]) throws(Fault) {
        let root: CannedJSON
        do {
            root = try JSONDecoder().decode(CannedJSON.self, from: Data(bytes))
        } catch {
            throw Fault(entry: nil, message: "not JSON")
        }
        guard case .list(let list) = root else { throw Fault(entry: nil, message: "not a list of answers") }
        var entries: [Entry] = []
        for (index, value) in list.enumerated() {
            do throws(EntryFault) {
                entries.append(try Entry(value))
            } catch {
                throw Fault(entry: index, message: error.message)
            }
        }
        self.entries = entries
    }

    package func fetch(_ request: FetchRequest) async -> FetchAnswer {
        let url = Array(request.url.utf8)
        let parameters = CannedFetcher.query(of: url)
        let place = url.prefix { $0 != UInt8(ascii: "?") }
        let entry = entries.first { entry in
            (entry.method == nil || entry.method == request.method) && entry.url.elementsEqual(place)
                && entry.query.allSatisfy { wanted in
                    parameters.contains { $0.name == wanted.name && $0.value == wanted.value }
                }
        }
        guard let answer = entry?.answer else { return .failure(.unreachable) }
        if case .response(_, let body) = answer, body.count > request.maxBodyBytes {
            return .failure(.tooLarge)
        }
        return answer
    }
}

// MARK: entries

private struct EntryFault: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

extension CannedFetcher.Entry {
    fileprivate init(_ value: CannedJSON) throws(EntryFault) {
        guard case .object(let fields) = value else { throw EntryFault("not an object") }
        let known = ["method", "url", "query", "status", "json", "body", "failure"]
        if let unknown = fields.keys.filter({ !known.contains($0) }).min() {
            throw EntryFault("unknown key '\(unknown)'; there is \(known.joined(separator: ", "))")
        }
        guard case .text(let url)? = fields["url"] else { throw EntryFault("'url' is missing or not a text") }
        switch fields["method"] {
        case .text(let method)?: self.method = method
        case nil: method = nil
        default: throw EntryFault("'method' isn't a text")
        }
        let bytes = Array(url.utf8)
        self.url = Array(bytes.prefix { $0 != UInt8(ascii: "?") })
        query = try queryParameters(fields["query"]) + CannedFetcher.query(of: bytes)
        answer = try readAnswer(fields)
    }
}

/// In the order of their names, so that nothing depends on a dictionary's.
private func queryParameters(_ value: CannedJSON?) throws(EntryFault) -> [CannedFetcher.QueryParameter] {
    guard let value else { return [] }
    guard case .object(let fields) = value else { throw EntryFault("'query' isn't an object") }
    var parameters: [CannedFetcher.QueryParameter] = []
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
        guard let text = value.plainText else {
            throw EntryFault("'query.\(name)' is neither a text nor a number")
        }
        parameters.append(.init(name: Array(name.utf8), value: Array(text.utf8)))
    }
    return parameters
}

private func readAnswer(_ fields: [String: CannedJSON]) throws(EntryFault) -> FetchAnswer {
    if let failure = fields["failure"] {
        let reasons: [FetchAnswer.Reason] = [.timeout, .unreachable, .refused, .tooLarge]
        guard case .text(let word) = failure, let reason = reasons.first(where: { $0.rawValue == word })
        else {
            throw EntryFault("'failure' is one of \(reasons.map(\.rawValue).joined(separator: ", "))")
        }
        for key in ["status", "json", "body"] where fields[key] != nil {
            throw EntryFault("'failure' and '\(key)' exclude each other")
        }
        return .failure(reason)
    }
    let status: Int
    switch fields["status"] {
    case nil: status = 200
    case .integer(let number)? where (100...599).contains(number): status = Int(number)
    default: throw EntryFault("'status' isn't a number from 100 to 599")
    }
    switch (fields["json"], fields["body"]) {
    case (_?, _?): throw EntryFault("'json' and 'body' exclude each other")
    case (let json?, nil):
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(json) else { throw EntryFault("'json' can't be written") }
        return .response(status: status, body: [UInt8](data))
    case (nil, .text(let body)?): return .response(status: status, body: Array(body.utf8))
    case (nil, _?): throw EntryFault("'body' isn't a text")
    case (nil, nil): return .response(status: status, body: [])
    }
}

// MARK: queries

extension CannedFetcher {
    /// The decoded parameters behind the first `?`.
    fileprivate static func query(of url: [UInt8]) -> [QueryParameter] {
        guard let start = url.firstIndex(of: UInt8(ascii: "?")) else { return [] }
        let query = url[(start + 1)...].prefix { $0 != UInt8(ascii: "#") }
        return query.split(separator: UInt8(ascii: "&")).map { pair in
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            return QueryParameter(
                name: percentDecoded(pair[..<equals]), value: percentDecoded(pair[equals...].dropFirst()))
        }
    }
}

private func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
        let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        if byte == UInt8(ascii: "+") {
            decoded.append(UInt8(ascii: " "))
        } else if byte == UInt8(ascii: "%"), digits.count == 2 {
            decoded.append(UInt8(digits[0] * 16 + digits[1]))
            rest = rest.dropFirst(2)
        } else {
            decoded.append(byte)
        }
    }
    return decoded
}
