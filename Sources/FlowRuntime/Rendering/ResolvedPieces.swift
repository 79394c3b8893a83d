extension AnswerPieces {
    /// The same document without its program: every static piece as its bytes. Only for documents without positions.
    func resolved(by program: ExecutableProgram) -> AnswerPieces {
        var bytes: [UInt8] = []
        forEach { piece in
            switch piece {
            case .fixed(let index):
                bytes.append(contentsOf: program.staticBytes[program.range(ofStatic: index)])
            case .bytes(let range): bytes.append(contentsOf: code[range])
            case .slot, .side, .start: break
            }
        }
        var resolved = AnswerPieces()
        resolved.append(bytes: bytes)
        return resolved
    }
}
