import FlowProgram
import TwiML

/// A text's pieces, cut so that they and the `…` behind them take at most `limit` UTF-16 units.
func cutText(_ pieces: AnswerPieces, to limit: Int, of program: ExecutableProgram) -> AnswerPieces {
    var cut = AnswerPieces()
    var left = limit - 1
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
    cut.append("…")
    return cut
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
