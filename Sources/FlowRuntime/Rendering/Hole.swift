import FlowProgram
import TwiML

extension Hole {
    /// What the hole puts into a document: the value shown, cut, and escaped for its place.
    ///
    /// - Returns: XML, the UTF-16 units that it has once it is unescaped, and whether there is nothing to see in it.
    func bytes(
        in context: EvaluationContext, languages: [Program.Language]
    ) -> (xml: [UInt8], units: Int, isBlank: Bool) {
        let own = language.flatMap { languages.indices.contains($0) ? languages[$0].tag : nil }
        let text = show(self, language: own ?? context.languageTag, in: context)
        var xml: [UInt8] = []
        xml.reserveCapacity(text.utf8.count)
        appendEscaped(text.utf8, in: form == .verbatim ? .attribute : .text, to: &xml)
        return (xml, text.utf16.count, text.isBlank)
    }
}

extension String {
    /// Whether a document shows and says nothing of it.
    var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace || !isXMLCharacter($0) } }
}
