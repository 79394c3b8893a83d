import FlowLang
import FlowProgram
import TwiML

/// Prompts as verbs of a voice document.
extension FlowLowering {
    /// `<Say>`, `<Play>` and `<Pause>` that say a prompt in one language.
    mutating func verbs(
        saying atoms: [SpeechAtom], in language: Int, voice: String? = nil, loop: Int? = nil,
        with builder: inout PieceBuilder
    ) -> [VoiceVerb] {
        if atoms.allSatisfy(\.isSpoken) {
            return says(atoms, in: language, voice: voice, loop: loop, with: &builder)
        }
        var verbs: [VoiceVerb] = []
        var run: [SpeechAtom] = []
        func flush(_ builder: inout PieceBuilder) {
            verbs += says(run, in: language, voice: voice, loop: loop, with: &builder)
            run = []
        }
        for atom in atoms {
            switch atom {
            case .text, .hole, .emphasis, .markup: run.append(atom)
            case .pause(let seconds):
                flush(&builder)
                verbs.append(.pause(Pause(length: seconds)))
            case .play(let url):
                flush(&builder)
                verbs.append(.play(Play(url: builder.text(of: url, in: nil), loop: loop)))
            case .language(let other, let inner):
                flush(&builder)
                verbs += self.verbs(saying: inner, in: other, loop: loop, with: &builder)
            }
        }
        flush(&builder)
        return verbs
    }

    /// One `<Say>`, or several where one would be longer than its voice allows.
    private func says(
        _ atoms: [SpeechAtom], in language: Int, voice: String?, loop: Int?, with builder: inout PieceBuilder
    ) -> [VoiceVerb] {
        let settings = languages[language]
        return SpeechSplitter.split(atoms, voice: voice ?? settings.voice).map { atoms in
            .say(
                Say(
                    parts(
                        of: atoms, in: languages.count > 1 ? language : nil,
                        readsMarkup: (voice ?? settings.voice).map(Voice.readsMarkup) ?? false, with: &builder
                    ),
                    voice: (voice ?? settings.voice).map { Text($0) },
                    language: flow.languages.isEmpty ? nil : Text(settings.tag), loop: loop))
        }
    }

    private func parts(
        of atoms: [SpeechAtom], in language: Int?, readsMarkup: Bool, with builder: inout PieceBuilder
    ) -> [Say.Part] {
        if !atoms.isEmpty, atoms.allSatisfy({ $0.isPlain(readsMarkup: readsMarkup) }) {
            return [.text(builder.text(of: atoms, in: language))]
        }
        var parts: [Say.Part] = []
        var run: [SpeechAtom] = []
        func flush(_ builder: inout PieceBuilder) {
            if !run.isEmpty { parts.append(.text(builder.text(of: run, in: language))) }
            run = []
        }
        for atom in atoms {
            switch atom {
            case .emphasis(let inner):
                flush(&builder)
                parts.append(.emphasis(.strong, [.text(builder.text(of: inner, in: language))]))
            case .markup(let start, let inner) where readsMarkup:
                flush(&builder)
                parts.append(
                    .markup(start, self.parts(of: inner, in: language, readsMarkup: true, with: &builder)))
            case .hole(let expression, let type, .spoken) where readsMarkup:
                guard let reading = type.reading else {
                    run.append(atom)
                    continue
                }
                flush(&builder)
                let plain = SpeechAtom.hole(expression, type, .verbatim)
                parts.append(
                    .sayAs(
                        reading, format: reading == .date ? .ymd : nil,
                        builder.text(of: [plain], in: language)))
            case .text, .hole, .markup, .pause, .play, .language: run.append(atom)
            }
        }
        flush(&builder)
        return parts
    }
}

extension ValueType {
    /// How a voice that reads markup says a value better than words of ours make it; nil where it doesn't.
    fileprivate var reading: Say.SayAs? {
        switch self {
        case .digits: .characters
        case .phone: .telephone
        case .date: .date
        default: nil
        }
    }
}

extension SpeechAtom {
    /// Whether it stands within a `<Say>`.
    fileprivate var isSpoken: Bool {
        switch self {
        case .text, .hole, .emphasis, .markup: true
        case .pause, .play, .language: false
        }
    }

    /// Whether it needs no element of its own there.
    fileprivate func isPlain(readsMarkup: Bool) -> Bool {
        switch self {
        case .text: true
        case .hole: !readsMarkup
        case .emphasis, .markup, .pause, .play, .language: false
        }
    }
}

/// Cuts what is said into pieces that a voice can take.
enum SpeechSplitter {
    /// Unicode scalars that a hole puts in at most, whatever it holds: `first(x, n)` says how much of a text is heard, as
    /// far as one `<Say>` surely holds it.
    static func shownScalars(of expression: TypedExpression) -> Int {
        min(expression.writtenLength ?? Hole.usualLimit, encodedLimit / 4)
    }

    /// Bytes of text that are surely within `Limits.maxEncodedSayCharacters`, where each byte may become three characters.
    static let encodedLimit = Limits.maxEncodedSayCharacters / 3

    static func split(_ atoms: [SpeechAtom], voice: String?) -> [[SpeechAtom]] {
        guard !isBlank(atoms) else { return [] }
        let family = voice.flatMap(Voice.family(ofVoice:)) ?? .basic
        let isLetters = atoms.allSatisfy { if case .text = $0 { true } else { false } }
        let limit = min(family.maxTextBytes, isLetters ? encodedBytes(of: atoms) : encodedLimit)
        guard cost(atoms) > limit else { return [trimmed(atoms)] }
        var says: [[SpeechAtom]] = []
        var current: [SpeechAtom] = []
        var used = 0
        for atom in atoms.flatMap({ slices(of: $0, limit: limit) }) {
            let cost = cost(atom)
            if used + cost > limit, !current.isEmpty {
                says.append(current)
                current = []
                used = 0
            }
            current.append(atom)
            used += cost
        }
        says.append(current)
        return says.map(trimmed).filter { !isBlank($0) }
    }

    /// How many bytes of a text without holes stay within the limit of encoded characters, by its own share of letters.
    private static func encodedBytes(of atoms: [SpeechAtom]) -> Int {
        var bytes = 0
        var encoded = 0
        for case .text(let text) in atoms { bytes += text.utf8.count }
        // A byte becomes three characters at most.
        guard bytes > encodedLimit else { return .max }
        for case .text(let text) in atoms { encoded += encodedCharacters(of: text) }
        guard encoded > Limits.maxEncodedSayCharacters else { return .max }
        return encodedLimit
    }

    private static func cost(_ atoms: [SpeechAtom]) -> Int { atoms.reduce(0) { $0 + cost($1) } }

    private static func cost(_ atom: SpeechAtom) -> Int {
        switch atom {
        case .text(let text): text.utf8.count
        case .hole(let expression, let type, let form):
            min(shownScalars(of: expression), scalars(of: type, form)) * (form == .spelled ? 5 : 4)
                + (type.reading == nil ? 0 : 40)
        case .emphasis(let inner): cost(inner)
        case .markup(let start, let inner):
            // Tags may count as text.
            start.attributes.reduce(2 * start.name.utf8.count + 5 + cost(inner)) {
                $0 + $1.name.utf8.count + $1.value.utf8.count + 4
            }
        case .pause, .play, .language: 0
        }
    }

    /// Unicode scalars that a value is said with at most.
    private static func scalars(of type: ValueType, _ form: Hole.Form) -> Int {
        switch type {
        case .bool: 8
        case .integer: 48
        case .date, .time, .datetime, .duration, .money: 100
        // Said one by one, with blanks between them.
        case .digits, .phone: 2 * (type.scalarLimit ?? Hole.usualLimit)
        case .text, .words: (form == .spelled ? 2 : 1) * (type.scalarLimit ?? Hole.usualLimit)
        default: ValueType.defaultTextLimit
        }
    }

    /// Sentences, or words of a sentence that is too long itself.
    private static func slices(of atom: SpeechAtom, limit: Int) -> [SpeechAtom] {
        guard case .text(let text) = atom, text.utf8.count > limit / 4 else { return [atom] }
        var slices: [SpeechAtom] = []
        var current = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars {
            current.append(scalar)
            bytes += scalar.utf8.count
            let ends = ".!?;\n".unicodeScalars.contains(scalar) || scalar == " " && bytes > limit / 8
            if ends || bytes > limit / 2 {
                slices.append(.text(String(current)))
                current = String.UnicodeScalarView()
                bytes = 0
            }
        }
        if !current.isEmpty { slices.append(.text(String(current))) }
        return slices
    }

    private static func isBlank(_ atoms: [SpeechAtom]) -> Bool {
        atoms.allSatisfy {
            if case .text(let text) = $0 { text.utf8.allSatisfy(isBlank) } else { false }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

    /// Without blanks at both ends.
    private static func trimmed(_ atoms: [SpeechAtom]) -> [SpeechAtom] {
        var atoms = atoms
        if case .text(let text)? = atoms.first, text.utf8.first.map(isBlank) ?? false {
            atoms[0] = .text(String(text.drop { $0 == " " || $0 == "\n" }))
        }
        if case .text(let text)? = atoms.last, text.utf8.last.map(isBlank) ?? false {
            var scalars = text.unicodeScalars
            while scalars.last == " " || scalars.last == "\n" { scalars.removeLast() }
            atoms[atoms.count - 1] = .text(String(scalars))
        }
        return atoms
    }
}

extension TypedExpression {
    /// The n of `first(x, n)`, where it is written out.
    var writtenLength: Int? {
        guard case .call(.first, let arguments) = self, arguments.count == 2,
            case .integer(let length)? = arguments[1].literal
        else { return nil }
        return Int(clamping: max(0, length))
    }
}
