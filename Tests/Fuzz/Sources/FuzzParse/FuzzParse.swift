import FlowLang

/// Bytes → parse → render: never a crash, never a hang.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParse(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let file = SourceFile(id: 0, name: "fuzz.yaml", bytes: Array(UnsafeBufferPointer(start: data, count: size)))
    let parsed = parse(file)
    _ = DiagnosticRenderer(files: [file], isColored: false).render(parsed.diagnostics.sorted())
    return 0
}
