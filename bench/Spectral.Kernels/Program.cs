using BenchmarkDotNet.Running;
using Spectral.Core.Execution;
using Spectral.Kernels;

NativeRuntime.Load();
BenchmarkSwitcher.FromAssembly(typeof(FlopsAttribute).Assembly).Run(args, KernelConfig.Create());
