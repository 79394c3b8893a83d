// swift-tools-version: 6.1
import PackageDescription

// Coverage-guided fuzzing of what strangers can send: `make fuzz` runs every target for a minute.
// Built with `-sanitize=fuzzer,address` by Scripts/fuzz; not a part of the main package, so that nobody else pays for it.

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "flowc", path: "../..")],
    targets: [
        .target(name: "FlowGenerator"),
        .executableTarget(
            name: "FuzzParse", dependencies: [.product(name: "FlowLang", package: "flowc")]),
        .executableTarget(
            name: "FuzzCompile",
            dependencies: [
                "FlowGenerator", .product(name: "FlowLang", package: "flowc"),
                .product(name: "FlowCompiler", package: "flowc"), .product(name: "FlowProgram", package: "flowc"),
            ]),
        .executableTarget(
            name: "FuzzMachine",
            dependencies: [
                "FlowGenerator", .product(name: "FlowLang", package: "flowc"),
                .product(name: "FlowCompiler", package: "flowc"), .product(name: "FlowProgram", package: "flowc"),
                .product(name: "FlowRuntime", package: "flowc"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
