import TwiML

/// The bytes of a document: head, pieces, tail; an empty one where there is nothing to say. This is the only way
/// from pieces to bytes: an answer that is repeated is made as it was the first time.
///
/// - Parameter address: of the document's positions; sms has none.
package func renderDocument(
    _ answer: AnswerPieces, of program: ExecutableProgram, at address: DocumentAddress?
) -> [UInt8] {
    guard !answer.isEmpty else { return Document.empty }
    var document: [UInt8] = []
    document.reserveCapacity(documentSize(answer, of: program, at: address))
    document.append(contentsOf: Document.head)
    answer.forEach { piece in
        switch piece {
        case .fixed(let index):
            document.append(program.staticBytes, program.range(ofStatic: index))
        case .slot(let code): address?.append(Slot(code: code), to: &document)
        case .side(let index, let wait): address?.append(side: index, beside: wait, to: &document)
        case .start: address?.appendStart(to: &document)
        case .callback(let kind):
            address?.append(callback: kind, to: &document)
        case .bytes(let range):
            document.append(answer.code, range)
        }
    }
    document.append(contentsOf: Document.tail)
    return document
}

private func documentSize(
    _ answer: AnswerPieces, of program: ExecutableProgram, at address: DocumentAddress?
) -> Int {
    let slotBytes = address?.slotBytes ?? 0
    var size = Document.head.count + Document.tail.count
    answer.forEach { piece in
        switch piece {
        case .fixed(let index): size += program.range(ofStatic: index).count
        case .slot, .side, .start, .callback: size += slotBytes
        case .bytes(let range): size += range.count
        }
    }
    return size
}
