/// A webhook's parameters, decoded: UTF-8 bytes with the places of names and values in them, in the order of arrival.
/// No dictionary and no `String`: names are compared as bytes.
public struct Parameters: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        /// Half-open ranges of `bytes`.
        public var name: Range<Int>
        public var value: Range<Int>

        public init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var bytes: [UInt8]
    public private(set) var entries: [Entry]

    public init(bytes: [UInt8], entries: [Entry]) {
        func isWithin(_ entry: Entry) -> Bool {
            entry.name.upperBound <= bytes.count && entry.value.upperBound <= bytes.count
        }
        self.bytes = bytes
        self.entries = entries.allSatisfy(isWithin) ? entries : entries.filter(isWithin)
    }

    public init(_ pairs: KeyValuePairs<String, String>) {
        self.init(pairs.map { ($0.key, $0.value) })
    }

    public init(_ pairs: [(String, String)]) {
        self.init(fields: pairs.map { (name: Array($0.utf8), value: Array($1.utf8)) })
    }

    package init(fields pairs: [(name: [UInt8], value: [UInt8])]) {
        bytes = []
        entries = []
        for (name, value) in pairs {
            let start = bytes.count
            bytes.append(contentsOf: name)
            let middle = bytes.count
            bytes.append(contentsOf: value)
            entries.append(Entry(name: start..<middle, value: middle..<bytes.count))
        }
    }

    /// The bytes of the first parameter of this name.
    public func value(_ name: StaticString) -> ArraySlice<UInt8>? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        for entry in entries
        where entry.name.count == wanted.count && bytes[entry.name].elementsEqual(wanted) {
            return bytes[entry.value]
        }
        return nil
    }

    /// The text of the first parameter of this name; an invalid byte becomes U+FFFD.
    public func text(_ name: StaticString) -> String? {
        value(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// As `text`, for a name that a program brings.
    public func text(named name: String) -> String? {
        bytes(named: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// As `value`, for a name that a program brings.
    package func bytes(named name: String) -> [UInt8]? {
        var name = name
        return name.withUTF8 { wanted in
            for entry in entries
            where entry.name.count == wanted.count && bytes[entry.name].elementsEqual(wanted) {
                return Array(bytes[entry.value])
            }
            return nil
        }
    }

    /// These with others before them.
    func preceded(by others: Parameters) -> Parameters {
        func fields(_ parameters: Parameters) -> [(name: [UInt8], value: [UInt8])] {
            parameters.entries.map {
                (name: Array(parameters.bytes[$0.name]), value: Array(parameters.bytes[$0.value]))
            }
        }
        return Parameters(fields: fields(others) + fields(self))
    }

    /// These with others before them: the first of a name is the one that is seen.
    package func preceded(by others: [(name: StaticString, value: [UInt8])]) -> Parameters {
        Parameters(
            fields:
                others.map { (name: $0.name.withUTF8Buffer { Array($0) }, value: $0.value) }
                + entries.map { (name: Array(bytes[$0.name]), value: Array(bytes[$0.value])) })
    }
}
