/// An element as a strict reader of its own takes it: it knows nothing of the writer, and refuses what TwiML has no use for
/// (comments, CDATA, processing instructions, DTDs).
public struct XMLElement: Sendable {
    public var name: String
    public var attributes: [(name: String, value: String)] = []
    public var children: [XMLElement] = []
    /// Its own, and that of the elements in it.
    public var text = ""

    public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// Reads a document.
    ///
    /// - Throws: what is wrong with it.
    public static func read(_ bytes: [UInt8]) throws(MalformedXML) -> XMLElement {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw MalformedXML("not UTF-8") }
        var reader = XMLElementReader(text)
        return try reader.document()
    }
}

public struct MalformedXML: Error, CustomStringConvertible {
    public var description: String

    init(_ description: String) {
        self.description = description
    }
}

private struct XMLElementReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func document() throws(MalformedXML) -> XMLElement {
        try expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        let root = try element(depth: 0)
        guard index == scalars.count else { throw MalformedXML("something behind the root") }
        return root
    }

    private mutating func element(depth: Int) throws(MalformedXML) -> XMLElement {
        guard depth < 16 else { throw MalformedXML("too deep") }
        try expect("<")
        var element = XMLElement(name: try name())
        while peek == " " {
            index += 1
            let key = try name()
            try expect("=\"")
            guard element.attribute(key) == nil else { throw MalformedXML("\(key) twice") }
            element.attributes.append((key, try characters(until: "\"")))
            try expect("\"")
        }
        if peek == "/" {
            try expect("/>")
            return element
        }
        try expect(">")
        while true {
            element.text += try characters(until: "<")
            if index + 1 < scalars.count, scalars[index + 1] == "/" { break }
            let child = try self.element(depth: depth + 1)
            element.text += child.text
            element.children.append(child)
        }
        try expect("</\(element.name)>")
        return element
    }

    /// Character data up to a delimiter, which stays.
    private mutating func characters(until end: Unicode.Scalar) throws(MalformedXML) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek, scalar != end {
            switch scalar {
            case "&": text.append(try reference())
            case "<": throw MalformedXML("< in an attribute")
            case ">" where text.suffix(2).elementsEqual("]]".unicodeScalars):
                throw MalformedXML("]]> in text")
            default:
                guard scalar.isXMLCharacter, scalar != "\r" else {
                    throw MalformedXML("U+\(String(scalar.value, radix: 16)) is no character of XML")
                }
                index += 1
                text.append(scalar)
            }
        }
        guard peek != nil else { throw MalformedXML("the document ends too early") }
        return String(text)
    }

    private mutating func reference() throws(MalformedXML) -> Unicode.Scalar {
        try expect("&")
        var name = ""
        while let scalar = peek, scalar != ";", name.unicodeScalars.count < 10 {
            name.unicodeScalars.append(scalar)
            index += 1
        }
        try expect(";")
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        default:
            let digits = name.dropFirst(name.hasPrefix("#x") ? 2 : 1)
            guard name.hasPrefix("#"), let value = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
                let scalar = Unicode.Scalar(value), scalar.isXMLCharacter
            else { throw MalformedXML("&\(name); means nothing") }
            return scalar
        }
    }

    private mutating func name() throws(MalformedXML) -> String {
        var name = ""
        while let scalar = peek, scalar.isASCII,
            scalar.properties.isAlphabetic || scalar == "-" || scalar == ":"
        {
            name.unicodeScalars.append(scalar)
            index += 1
        }
        guard !name.isEmpty else { throw MalformedXML("a name is missing at \(index)") }
        return name
    }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func expect(_ text: String) throws(MalformedXML) {
        for scalar in text.unicodeScalars {
            guard peek == scalar else { throw MalformedXML("no \(text) at \(index)") }
            index += 1
        }
    }
}

extension Unicode.Scalar {
    /// The production `Char` of XML 1.0.
    fileprivate var isXMLCharacter: Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
