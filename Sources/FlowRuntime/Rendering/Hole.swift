import FlowProgram
import TwiML

extension Hole {
    /// What the hole puts into a document: the value shown, cut, and escaped for its place.
    ///
    /// - Returns: XML, and the UTF-16 units that it has once it is unescaped.
    func bytes(in context: EvaluationContext, languages: [Program.Language]) -> (xml: [UInt8], units: Int) {
        let own = language.flatMap { languages.indices.contains($0) ? languages[$0].tag : nil }
        let text = show(self, language: own ?? context.languageTag, in: context)
        var xml: [UInt8] = []
        xml.reserveCapacity(text.utf8.count)
        appendEscaped(text.utf8, in: form == .verbatim ? .attribute : .text, to: &xml)
        return (xml, text.utf16.count)
    }
}
