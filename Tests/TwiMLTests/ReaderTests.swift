import Testing
import TwiML

@Suite struct `The reader` {
    @Test func `gives names, attributes, text and children`() throws {
        let root = try XMLReader.read(
            Array(
                #"<?xml version="1.0"?><!-- hi --><Response> <Dial a='1' b = "x&amp;y">+1<Number/></Dial></Response>"#
                    .utf8))
        #expect(root.name == "Response")
        let dial = try #require(root.children.first)
        #expect(dial.name == "Dial")
        #expect(dial.attributes.map(\.name) == ["a", "b"])
        #expect(dial.attribute("b") == "x&y")
        #expect(dial.text == "+1")
        #expect(dial.children.map(\.name) == ["Number"])
    }

    @Test(arguments: [
        ("<R>&lt;&gt;&amp;&quot;&apos;</R>", "<>&\"'"),
        ("<R>&#65;&#x1F600;&#xe9;</R>", "A😀é"),
        ("<R><![CDATA[a<b&c]]></R>", "a<b&c"),
        ("<R>a\r\nb\rc</R>", "a\nb\nc"),
        ("<R>a<!-- - -->b</R>", "ab"),
        ("\u{FEFF}<R>x</R>\n", "x"),
    ])
    func `understands text`(_ xml: String, _ text: String) throws {
        #expect(try XMLReader.read(Array(xml.utf8)).text == text)
    }

    @Test func `makes blanks of raw line ends in attributes`() throws {
        #expect(try XMLReader.read(Array("<R a='x\r\ny\tz&#10;'/>".utf8)).attribute("a") == "x y z\n")
    }

    @Test(
        arguments: [
            ("", .noElement), ("  ", .noElement), ("hello", .textOutsideRoot), ("<R/>x", .textOutsideRoot),
            ("<R/><R/>", .secondRoot), ("<R>", .unclosedElement), ("<R", .malformedTag),
            ("<R></S>", .wrongEndTag),
            ("</R>", .wrongEndTag), ("<R a='1' a='2'/>", .repeatedAttribute), ("<R a=1/>", .malformedTag),
            ("<R a/>", .malformedTag), ("<R a='1'b='2'/>", .malformedTag), ("<R a='<'/>", .refusedCharacter),
            ("<R a='1/>", .unclosedMarkup), ("<R>&nbsp;</R>", .unknownReference),
            ("<R>&amp</R>", .unknownReference),
            ("<R>&#0;</R>", .unknownReference), ("<R>&#xD800;</R>", .unknownReference),
            ("<R>&#99999999;</R>", .unknownReference), ("<R>&#;</R>", .unknownReference),
            ("<R>&#6a;</R>", .unknownReference), ("<R>]]></R>", .refusedCharacter),
            ("<R>\u{0}</R>", .refusedCharacter), ("<R>\u{FFFF}</R>", .refusedCharacter),
            ("<!DOCTYPE R><R/>", .refusedMarkup), ("<R><?php ?></R>", .refusedMarkup),
            ("<R><!-- a -- b --></R>", .refusedMarkup), ("<R><!-- a", .unclosedMarkup),
            ("<R><![CDATA[a</R>", .unclosedMarkup), ("<![CDATA[a]]><R/>", .textOutsideRoot),
            ("<1/>", .malformedTag),
            ("< R/>", .malformedTag), ("<é/>", .malformedTag), ("<?xml", .refusedMarkup),
            ("<?xml version='1.0'", .unclosedMarkup),
        ] as [(String, XMLFault.Kind)])
    func `says what is wrong`(_ xml: String, _ kind: XMLFault.Kind) {
        let fault = #expect(throws: XMLFault.self) { try XMLReader.read(Array(xml.utf8)) }
        #expect(fault?.kind == kind)
    }

    @Test func `says where`() {
        let fault = #expect(throws: XMLFault.self) { try XMLReader.read(Array("<R>ab&x;</R>".utf8)) }
        #expect(fault == XMLFault(.unknownReference, at: 5))
    }

    @Test func `refuses malformed UTF-8`() {
        let fault = #expect(throws: XMLFault.self) { try XMLReader.read(Array("<R>é".utf8) + [0xC3]) }
        #expect(fault == XMLFault(.malformedUTF8, at: 5))
    }

    @Test func `takes as many levels as its limit and no more`() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)).utf8)
        }
        _ = try XMLReader.read(nested(Limits.maxReadDepth))
        let fault = #expect(throws: XMLFault.self) { try XMLReader.read(nested(Limits.maxReadDepth + 1)) }
        #expect(fault?.kind == .tooDeep)
    }

    @Test func `takes as many attributes as its limit and no more`() throws {
        func attributes(_ count: Int) -> [UInt8] {
            Array(("<R" + (0..<count).map { " a\($0)=''" }.joined() + "/>").utf8)
        }
        #expect(try XMLReader.read(attributes(Limits.maxReadAttributes)).attributes.count == 64)
        let fault = #expect(throws: XMLFault.self) {
            try XMLReader.read(attributes(Limits.maxReadAttributes + 1))
        }
        #expect(fault?.kind == .tooManyAttributes)
    }

    @Test func `refuses more than 64 kB`() {
        let fault = #expect(throws: XMLFault.self) {
            try XMLReader.read(Array(repeating: 0x20, count: Limits.maxReadBytes + 1))
        }
        #expect(fault?.kind == .tooLarge)
    }

    @Test(arguments: [
        "plain", "a & b < c > d \"e\" 'f'", "]]>", "<\u{338}&\u{301}\"\u{301}", "tab\tline\nend\rboth\r\nx",
        "你好 😀 café cafe\u{301}", " blanks  around ", "&amp;&#65;", "<![CDATA[x]]>",
    ])
    func `reads back what the writer wrote`(_ text: String) throws {
        let document = Document.voice([.dial(Dial(.nouns([.client(Text(text))]), callerId: Text(text)))])
        let dial = try #require(try XMLReader.read(document.bytes).children.first)
        let caller = try #require(dial.attribute("callerId"))
        #expect(Array(caller.utf8) == Array(text.utf8))
        #expect(dial.children.map { Array($0.text.utf8) } == [Array(text.utf8)])
    }
}

@Suite struct `The reader, given a damaged document,` {
    private let document = Array(
        #"<?xml version="1.0"?><Response><!-- c --><Say voice="a&amp;b">x&#65;<![CDATA[<]]>é</Say><Hangup/></Response>"#
            .utf8)

    @Test func `answers every beginning of it with a fault`() {
        for length in 0..<document.count {
            #expect(throws: XMLFault.self) { try XMLReader.read(Array(document[..<length])) }
        }
    }

    @Test func `gives a tree or a fault for every changed byte`() {
        for offset in document.indices {
            for byte in [0x00, 0x0D, 0x26, 0x3B, 0x3C, 0x3E, 0x22, 0x23, 0x5D, 0x80, 0xFF] as [UInt8] {
                var damaged = document
                damaged[offset] = byte
                do throws(XMLFault) {
                    #expect(try !XMLReader.read(damaged).name.isEmpty)
                } catch {
                    #expect((0...damaged.count).contains(error.offset))
                }
            }
        }
    }
}
