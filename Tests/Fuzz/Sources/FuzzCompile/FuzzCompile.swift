import FlowCompiler
import FlowGenerator
import FlowLang
import FlowProgram

/// A flow → compile: the bytes as they are, and a mostly valid flow made from them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCompile(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    var generator = FlowGenerator(bytes)
    for text in [bytes, Array(generator.flow().utf8)] {
        let file = SourceFile(id: 0, name: "fuzz.yaml", bytes: text)
        let compilation = compile([file], options: CompilerOptions(knowsTimezone: { _ in true }))
        for entry in compilation.programs { _ = entry.program.listing(sourceMap: entry.sourceMap) }
    }
    return 0
}
