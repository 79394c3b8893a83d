extension AnswerPieces {
    /// What stands in them, without what depends on the server.
    func bytes(of program: ExecutableProgram) -> [UInt8] {
        var bytes: [UInt8] = []
        forEach { piece in
            switch piece {
            case .fixed(let index): bytes.append(program.staticBytes, program.range(ofStatic: index))
            case .bytes(let range): bytes.append(code, range)
            case .slot, .side, .start, .callback: break
            }
        }
        return bytes
    }

    /// The same document without its program: every static piece as its bytes. Only for documents without positions.
    func resolved(by program: ExecutableProgram) -> AnswerPieces {
        var bytes: [UInt8] = []
        var resolved = AnswerPieces()
        forEach { piece in
            switch piece {
            case .fixed(let index): bytes.append(program.staticBytes, program.range(ofStatic: index))
            case .bytes(let range): bytes.append(code, range)
            case .slot, .side, .start: break
            case .callback(let kind):
                resolved.append(bytes: bytes)
                resolved.append(callback: kind)
                bytes = []
            }
        }
        resolved.append(bytes: bytes)
        return resolved
    }
}
