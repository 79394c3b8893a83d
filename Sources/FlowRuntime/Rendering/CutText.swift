import FlowProgram
import TwiML

/// A text's pieces, cut if they take more than `limit` UTF-16 units: then the `…` behind them is within it, too.
func cutText(_ pieces: AnswerPieces, to limit: Int, of program: ExecutableProgram) -> AnswerPieces {
    let whole = prefix(of: pieces, units: limit, of: program)
    if !whole.isCut { return pieces }
    var cut = prefix(of: pieces, units: limit - 1, of: program).pieces
    cut.append("…")
    return cut
}

/// As many pieces as take at most so many UTF-16 units, the last one of them cut.
private func prefix(
    of pieces: AnswerPieces, units limit: Int, of program: ExecutableProgram
) -> (pieces: AnswerPieces, isCut: Bool) {
    var cut = AnswerPieces()
    var left = limit
    var isCut = false
    func take(_ xml: ArraySlice<UInt8>) {
        let fitting = fittingPrefix(of: xml, units: left)
        cut.append(bytes: fitting.prefix)
        left -= fitting.units
        isCut = fitting.prefix.count < xml.count
    }
    pieces.forEach { piece in
        guard !isCut else { return }
        switch piece {
        case .fixed(let index):
            let units =
                program.program.statics.indices.contains(index) ? program.program.statics[index].units : 0
            if units <= left {
                cut.append(fixed: index)
                left -= units
            } else {
                take(program.staticBytes[program.range(ofStatic: index)])
            }
        case .bytes(let range): take(pieces.code[range])
        case .slot, .side, .start, .callback: break
        }
    }
    return (cut, isCut)
}

/// A text's pieces, cut so that the message is paid as at most so many segments.
func cutText(_ pieces: AnswerPieces, toSegments segments: Int, of program: ExecutableProgram) -> AnswerPieces
{
    let whole = unescapedText(pieces.bytes(of: program))
    guard MessageSegments(of: whole).count > segments else { return pieces }
    var cut = AnswerPieces()
    cut.append(text: MessageSegments.cut(whole, to: segments))
    return cut
}

/// As much of XML text as takes at most `units` UTF-16 units once it is unescaped; entities and characters stay whole.
private func fittingPrefix(
    of xml: ArraySlice<UInt8>, units limit: Int
) -> (prefix: ArraySlice<UInt8>, units: Int) {
    var units = 0
    var index = xml.startIndex
    while index < xml.endIndex {
        var end = index + 1
        var width = 1
        if xml[index] == UInt8(ascii: "&") {
            while end < xml.endIndex, xml[end - 1] != UInt8(ascii: ";") { end += 1 }
        } else {
            if xml[index] >= 0xF0 { width = 2 }
            while end < xml.endIndex, xml[end] & 0xC0 == 0x80 { end += 1 }
        }
        guard units + width <= limit else { break }
        units += width
        index = end
    }
    return (xml[..<index], units)
}
