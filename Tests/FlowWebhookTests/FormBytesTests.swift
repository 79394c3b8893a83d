import FlowRuntime
import Testing

@testable import FlowWebhook

struct FormBytesTests {
    @Test(
        arguments: [
            ("", [:]),
            ("a=1", ["a": "1"]),
            ("a=1&b=2", ["a": "1", "b": "2"]),
            ("a", ["a": ""]),
            ("a=", ["a": ""]),
            ("=1", ["": "1"]),
            ("=", ["": ""]),
            ("&&a=1&&b=2&", ["a": "1", "b": "2"]),
            ("a=1=2", ["a": "1=2"]),
            ("a+b=c+d", ["a b": "c d"]),
            ("a=%2B1%2b", ["a": "+1+"]),
            ("%61=%F0%9F%98%80", ["a": "😀"]),
            ("a%3D=%26%3D", ["a=": "&="]),
            ("a[b]=c;d", ["a[b]": "c;d"]),
            ("a=%00", ["a": "\0"]),
            ("a=%C3%A1", ["a": "á"]),
        ] as [(String, KeyValuePairs<String, String>)])
    func `A form is decoded`(encoded: String, pairs: KeyValuePairs<String, String>) throws {
        let parameters = try decode(encoded)
        #expect(names(parameters) == pairs.map { "\($0.key)→\($0.value)" })
    }

    @Test(arguments: ["%", "a=%", "a=%4", "a=%4&b=1", "a=%zz", "a=%-1", "%G0=1", "a=%+1"])
    func `A broken percent encoding is refused`(encoded: String) {
        #expect(throws: Refusal.self) { try decode(encoded) }
    }

    @Test(arguments: [
        ("a=x%FFy", "a→x\u{FFFD}y"), ("a=%C3", "a→\u{FFFD}"), ("a=%ED%A0%80", "a→\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("a=%C0%AF", "a→\u{FFFD}\u{FFFD}"),
    ])
    func `A value that isn't UTF-8 is repaired`(encoded: String, repaired: String) throws {
        #expect(names(try decode(encoded)) == [repaired])
    }

    @Test
    func `What is cut in a value isn't made whole by the next name`() throws {
        // Both halves together would be an á.
        #expect(throws: Refusal.self) { try decode("a=%C3&%A1=1") }
    }

    @Test(arguments: ["%FF=1", "%C3=1"])
    func `A name that isn't UTF-8 is refused`(encoded: String) {
        #expect(throws: Refusal.self) { try decode(encoded) }
    }

    @Test
    func `A thousand parameters are taken, one more is not`() throws {
        let thousand = Array(repeating: "a=1", count: 1_000).joined(separator: "&")
        #expect(try decode(thousand).entries.count == 1_000)
        #expect(throws: Refusal.self) { try decode(thousand + "&b=1") }
    }

    @Test
    func `Composed and decomposed names stay apart`() throws {
        let form = try FormBytes(decoding: Array("%C3%A9=1&e%CC%81=1".utf8)[...])
        let canonical = CanonicalParameters(form)
        #expect(canonical.described.count - canonical.bytes.count == 16)
    }

    @Test
    func `Names that share their first bytes are ordered by the rest`() throws {
        let form = try FormBytes(
            decoding: Array("FromCountry=c&FromCity=b&FromCit=a&FromCity%00=d&FromCity=a".utf8)[...])
        let text = String(decoding: CanonicalParameters(form).bytes, as: UTF8.self)
        #expect(text == "FromCitaFromCityaFromCitybFromCity\0dFromCountryc")
    }
}

private func decode(_ encoded: String) throws -> Parameters {
    try FormBytes(decoding: Array(encoded.utf8)[...]).parameters()
}

private func names(_ parameters: Parameters) -> [String] {
    parameters.entries.map { entry in
        String(decoding: parameters.bytes[entry.name], as: UTF8.self) + "→"
            + String(decoding: parameters.bytes[entry.value], as: UTF8.self)
    }
}
