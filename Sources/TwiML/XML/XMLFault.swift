/// Why bytes aren't a document.
package struct XMLFault: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable, CaseIterable {
        case tooLarge
        case tooDeep
        case tooManyAttributes
        case malformedUTF8
        case noElement
        case unclosedElement
        case unclosedMarkup
        case malformedTag
        case wrongEndTag
        case repeatedAttribute
        case secondRoot
        case textOutsideRoot
        case unknownReference
        case refusedCharacter
        case refusedMarkup
    }

    package var kind: Kind
    /// The offset of a byte, from 0.
    package var offset: Int

    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension XMLFault: CustomStringConvertible {
    package var description: String {
        "\(words) at byte \(offset)"
    }

    private var words: String {
        switch kind {
        case .tooLarge: "more than \(Limits.maxReadBytes) bytes"
        case .tooDeep: "nested deeper than \(Limits.maxReadDepth) elements"
        case .tooManyAttributes: "more than \(Limits.maxReadAttributes) attributes"
        case .malformedUTF8: "not UTF-8"
        case .noElement: "no element"
        case .unclosedElement: "an element isn't closed"
        case .unclosedMarkup: "a comment, a quote or CDATA isn't closed"
        case .malformedTag: "a malformed tag"
        case .wrongEndTag: "an end tag that closes nothing open"
        case .repeatedAttribute: "an attribute stands twice"
        case .secondRoot: "a second root element"
        case .textOutsideRoot: "text outside the root element"
        case .unknownReference: "an unknown reference"
        case .refusedCharacter: "a character that can't stand here"
        case .refusedMarkup: "markup that TwiML has no use for"
        }
    }
}
