using BenchmarkDotNet.Running;
using Spectral.Core.Execution;
using Spectral.Kernels;

// Every kernel computes on the calling thread alone: the engines put one on each core.
NativeRuntime.UseThreads(1);
BenchmarkSwitcher.FromAssembly(typeof(FlopsAttribute).Assembly).Run(args, KernelConfig.Create());
