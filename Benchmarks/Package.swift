// swift-tools-version: 6.1
import PackageDescription

// Benchmarks, as ratios from one run: `make bench`. A package of its own, so that nobody else pays for it.

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "flowc", path: "..")],
    targets: [
        .systemLibrary(
            name: "CYAMLScan", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "ProjectGenerator"),
        .executableTarget(
            name: "CompileBenchmark",
            dependencies: [
                "CYAMLScan", "ProjectGenerator", .product(name: "FlowLang", package: "flowc"),
                .product(name: "FlowCompiler", package: "flowc"), .product(name: "FlowProgram", package: "flowc"),
            ]),
        .executableTarget(
            name: "TurnBenchmark",
            dependencies: [
                .product(name: "FlowLang", package: "flowc"), .product(name: "FlowCompiler", package: "flowc"),
                .product(name: "FlowProgram", package: "flowc"), .product(name: "FlowRuntime", package: "flowc"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
