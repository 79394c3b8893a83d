import FlowLang
import FlowProgram

/// A menu's prompt and its choices name the same keys: `press 3` where no choice has 3 is a caller's wrong answer, and a key that
/// the prompt leaves out is one that nobody presses.
extension FlowLowering {
    /// Notes the keys that a prompt names in one language.
    mutating func note(keysOf atoms: [SpeechAtom], of menu: MenuKeys) {
        var reader = NamedKeys()
        let isWhole = read(atoms, in: nil, with: &reader)
        for key in reader.keys where !menu.keys.contains(key) && !menu.finishOn.contains(key) {
            warn(CheckMessages.keyWithoutChoice(keyName(key), at: menu.prompt))
        }
        namedKeys = (namedKeys.keys.union(reader.keys), namedKeys.isWhole && isWhole)
    }

    /// Warns of choices whose keys the prompt names in no language, if it names any.
    mutating func reportUnnamedKeys(of menu: MenuKeys) {
        guard namedKeys.isWhole, !namedKeys.keys.isEmpty else { return }
        for choice in menu.choices where !choice.keys.contains(where: namedKeys.keys.contains) {
            warn(CheckMessages.unnamedKey(choice.shown, at: choice.span, prompt: menu.prompt))
        }
    }

    /// - Returns: whether all that is said is known when the flow is compiled.
    private func read(_ atoms: [SpeechAtom], in language: Int?, with reader: inout NamedKeys) -> Bool {
        var isWhole = true
        for atom in atoms {
            switch atom {
            case .text(let text): reader.read(text)
            case .hole, .play: isWhole = false
            case .emphasis(let inner), .language(_, let inner), .markup(_, let inner):
                isWhole = read(inner, in: language, with: &reader) && isWhole
            case .pause: break
            }
        }
        return isWhole
    }
}

/// The keys of a menu's choices, as the provider sends them.
struct MenuKeys {
    /// Where the prompt was written.
    var prompt: Span
    var keys: Set<String> = []
    /// Choices that can be pressed only.
    var choices: [(keys: [String], shown: String, span: Span)] = []
    /// The keys that end the input.
    var finishOn: [String] = []
}

/// Finds "press 3", "marque 9", "drücken Sie die Eins" in a text, without taking it apart: prompts are many.
struct NamedKeys {
    /// Without duplicates, in the order of the text.
    private(set) var keys: [String] = []

    mutating func read(_ text: String) {
        var text = text
        text.withUTF8 { read($0) }
    }

    /// Words of a text one after another; behind a word that asks for a key, up to three that may stand before the key.
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var place = 0
        var patience = 0
        while let word = nextWord(of: bytes, from: &place) {
            if patience > 0 {
                if let key = key(bytes, word) {
                    if !keys.contains(key) { keys.append(key) }
                    // "press 1 or 2"
                    patience = 2
                    continue
                }
                patience -= 1
            }
            if Self.askingWords.contains(where: { matches(bytes, word, $0) }) { patience = 3 }
        }
    }

    private func nextWord(of bytes: UnsafeBufferPointer<UInt8>, from place: inout Int) -> Range<Int>? {
        while place < bytes.count, !Self.isPart(bytes[place]) { place += 1 }
        let start = place
        while place < bytes.count, Self.isPart(bytes[place]) { place += 1 }
        return place > start ? start..<place : nil
    }

    private func key(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> String? {
        if bytes[word].allSatisfy({ (0x30...0x39).contains($0) }) {
            return String(decoding: bytes[word], as: UTF8.self)
        }
        return Self.namedKeys.first { matches(bytes, word, $0.word) }?.key
    }

    /// Without regard to the case of ASCII's letters.
    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>, _ other: [UInt8]) -> Bool {
        guard word.count == other.count else { return false }
        for (offset, byte) in other.enumerated() {
            let own = bytes[word.lowerBound + offset]
            let lower = (0x41...0x5A).contains(own) ? own | 0x20 : own
            if lower != byte { return false }
        }
        return true
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: false
        }
    }

    private static let askingWords = [
        "press", "dial", "push", "hit", "marque", "marca", "oprima", "presione", "pulse", "appuyez", "tapez",
        "composez", "drücken", "drücke", "wählen", "pressione", "digite", "tecle", "aperte", "prema", "premi",
        "digiti",
    ].map { Array($0.utf8) }

    private static let namedKeys: [(word: [UInt8], key: String)] = [
        ("star", "*"), ("asterisk", "*"), ("asterisco", "*"), ("étoile", "*"), ("stern", "*"),
        ("sternchen", "*"), ("pound", "#"), ("hash", "#"), ("numeral", "#"), ("almohadilla", "#"),
        ("dièse", "#"), ("raute", "#"), ("cancelletto", "#"), ("zero", "0"), ("one", "1"), ("two", "2"),
        ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"), ("eight", "8"),
        ("nine", "9"), ("uno", "1"), ("dos", "2"), ("tres", "3"), ("cuatro", "4"), ("cinco", "5"),
    ].map { (Array($0.0.utf8), $0.1) }
}
