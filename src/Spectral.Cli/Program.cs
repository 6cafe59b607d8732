using TorchSharp;
Console.WriteLine(torch.randn(2, 2).mm(torch.ones(2, 2)).shape[0] + " " + torch.__version__);
