import FlowCompiler
import FlowLang
import FlowProgram
import FlowTestSupport
import Foundation
import Testing

@Suite("A project")
struct ProjectTests {
    private func source(_ id: UInt32, _ text: String) -> SourceFile {
        SourceFile(id: id, name: "file-\(id).yaml", text: text)
    }

    @Test("Two flows of one name are reported at the second, with a note at the first")
    func duplicateFlow() throws {
        let text = "flow: twin\nchannel: sms\nsteps:\n  - end\n"
        let diagnostics = compiled([source(0, text), source(1, text)]).diagnostics
        let diagnostic = try #require(diagnostics.first)
        #expect(diagnostics.count == 1)
        #expect(diagnostic.code == .duplicateFlow)
        #expect(diagnostic.span.source == 1)
        #expect(diagnostic.notes.first?.span?.source == 0)
    }

    @Test("A flow with errors hides no other flow")
    func oneBadFile() {
        let compilation = compiled([
            source(0, "flow: bad\nchannel: sms\nsteps:\n  - goto: nowhere\n"),
            source(1, "flow: good\nchannel: sms\nsteps:\n  - end\n"),
        ])
        #expect(compilation.programs.map(\.program.flow) == ["good"])
    }

    @Test("After a hundred errors of a file the rest is counted, and other files keep theirs")
    func manyProblems() throws {
        let reads = (0..<150).map { "  - say: \"${name_\($0)}\"\n" }.joined()
        let diagnostics = compiled([
            source(0, "flow: many\nchannel: sms\nsteps:\n\(reads)  - end\n"),
            source(1, "flow: one\nchannel: sms\nsteps:\n  - goto: nowhere\n"),
        ]).diagnostics
        #expect(diagnostics.count == 102)
        #expect(diagnostics.prefix(100).allSatisfy { $0.code == .unknownName })
        let cut = diagnostics[100]
        #expect(cut.code == .tooManyProblems)
        #expect(cut.headline == "50 more problems")
        #expect(diagnostics[101].code == .unknownState)
    }

    @Test("A flow that was compiled already is run by one that comes later")
    func earlierCallee() {
        let callee = "flow: callee\nchannel: sms\nsteps:\n  - say: Here.\n  - return\n"
        let caller = "flow: caller\nchannel: sms\nsteps:\n  - run: callee\n  - say: Back.\n  - end\n"
        let one = compiled([source(0, callee), source(1, caller)])
        let other = compiled([source(0, caller), source(1, callee)])
        #expect(one.diagnostics.isEmpty)
        #expect(
            one.programs.first { $0.program.flow == "caller" }?.program
                == other.programs.first { $0.program.flow == "caller" }?.program)
        #expect(one.programs.count == 2)
    }

    @Test("A flow for both channels gives a program for each")
    func bothChannels() {
        let text = "flow: both\nchannel: [voice, sms]\nsteps:\n  - say: Hello.\n  - end\n"
        #expect(compiled([source(0, text)]).programs.map(\.program.channel) == [.voice, .sms])
    }

    @Test("Formatting and comments don't change a program's hash, and a word that is said does")
    func hash() throws {
        func hash(_ text: String) throws -> [UInt8] {
            try #require(compiled([source(0, text)]).programs.first).program.contentHash
        }
        let plain = try hash("flow: a\nchannel: sms\nsteps:\n  - say: Hello.\n  - end\n")
        let spread = try hash(
            "# a comment\nflow: a\nchannel:   sms\n\nsteps:\n\n    - say: 'Hello.'\n    - end\n")
        let other = try hash("flow: a\nchannel: sms\nsteps:\n  - say: Hallo.\n  - end\n")
        #expect(plain == spread)
        #expect(plain != other)
        #expect(plain.count == 32)
    }

    @Test("A built file is read back to equal programs, and equal programs have equal bytes")
    func programFile() throws {
        let files = Repository.files(in: "flows", ending: ".yaml").enumerated().map {
            SourceFile(id: UInt32($0.offset), name: $0.element.name, bytes: $0.element.bytes)
        }
        let written = ProgramFile(programs: compiled(files).programs)
        let data = try written.data()
        let read = try ProgramFile(data: data)
        #expect(read.programs.map(\.program) == written.programs.map(\.program))
        #expect(try read.data() == data)
    }

    @Test("A built file of a newer format is refused by name, and other bytes are no program file")
    func refusedFile() throws {
        let newer = #"{"programs":[{"program":{"format":99,"flow":"late"}}]}"#
        #expect(throws: ProgramFile.LoadError.self) { try ProgramFile(data: .init(newer.utf8)) }
        do {
            _ = try ProgramFile(data: .init(newer.utf8))
        } catch let error as ProgramFile.LoadError {
            #expect(error.description.contains("late"))
        }
        #expect(throws: ProgramFile.LoadError.self) { try ProgramFile(data: .init("[]".utf8)) }
    }
}
