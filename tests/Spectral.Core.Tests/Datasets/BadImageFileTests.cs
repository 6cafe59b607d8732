using System.IO.Compression;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>Whatever is wrong with a data file is said with the file's name, what was found and what was expected.</summary>
public sealed class BadImageFileTests
{
    private const string Two = """{"classes": [0, 1], "train": 2, "test": 2, "verify": false}""";

    [Fact]
    public void A_missing_file_is_told_with_every_place_and_a_remedy()
    {
        using MadeSet made = new();
        FileNotFoundException missing = Assert.Throws<FileNotFoundException>(
            () => SpecDataset.Of("fashion_mnist", Two).Load(made.Folders, 1));
        Says(missing, "train-images-idx3-ubyte", made.Path, "fashion-mnist/", "spectral data fetch fashion_mnist", "apt-get install dataset-fashion-mnist", "--data");
        Says(
            Assert.Throws<FileNotFoundException>(() => SpecDataset.Of("cifar10", Two).Load(DataFolders.None, 1)),
            "data_batch_1.bin", "spectral data fetch cifar10", "no folder");
    }

    [Fact]
    public void Swapped_images_and_labels_are_told_apart()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        made.Write("mnist/train-images-idx3-ubyte", MadeSet.IdxLabels(0, 1));
        Refused(made, "train-images-idx3-ubyte", "0x00000801", "idx labels", "0x00000803");
        made.Write("mnist/train-images-idx3-ubyte", MadeSet.IdxImages(6));
        made.Write("mnist/train-labels-idx1-ubyte", MadeSet.IdxImages(6));
        Refused(made, "train-labels-idx1-ubyte", "0x00000803", "idx images", "0x00000801");
    }

    [Fact]
    public void Wrong_magic_wrong_sizes_and_truncation_are_told()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        made.Write("mnist/train-images-idx3-ubyte", [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Refused(made, "train-images-idx3-ubyte", "0x01020304", "0x00000803");
        made.Write("mnist/train-images-idx3-ubyte", []);
        Refused(made, "train-images-idx3-ubyte", "found 0 bytes");
        made.Write("mnist/train-images-idx3-ubyte", MadeSet.IdxImages(6)[..10]);
        Refused(made, "train-images-idx3-ubyte", "found 10 bytes", "idx header");
        made.Write("mnist/train-images-idx3-ubyte", MadeSet.IdxImages(6, side: 20));
        Refused(made, "20 x 20", "expected 28 x 28");
        made.Write("mnist/train-images-idx3-ubyte", MadeSet.IdxImages(6)[..^1]);
        Refused(made, "train-images-idx3-ubyte", "found 4719 bytes", "expected 4720", "6 images");
        made.Write("mnist/train-images-idx3-ubyte", [.. MadeSet.IdxImages(6), 0]);
        Refused(made, "found 4721 bytes", "expected 4720");
    }

    [Fact]
    public void Labels_that_do_not_fit_are_told()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        made.Write("mnist/train-labels-idx1-ubyte", MadeSet.IdxLabels(0, 1, 0, 10, 0, 1));
        Refused(made, "train-labels-idx1-ubyte", "label 10 at example 3", "0 to 9");
        made.Write("mnist/train-labels-idx1-ubyte", MadeSet.IdxLabels(0, 1, 0));
        Refused(made, "train-labels-idx1-ubyte", "found 3 labels", "expected 6", "train-images-idx3-ubyte");
    }

    [Fact]
    public void A_damaged_gzip_file_is_named()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        byte[] packed = File.ReadAllBytes(made.File("mnist/train-images-idx3-ubyte.gz"));
        made.Write("mnist/train-images-idx3-ubyte.gz", packed[..(packed.Length / 2)]);
        Refused(made, "train-images-idx3-ubyte.gz");
        packed[^6] ^= 1; // a byte of the checksum
        made.Write("mnist/train-images-idx3-ubyte.gz", packed);
        Refused(made, "train-images-idx3-ubyte.gz", "sound gzip file");
    }

    [Fact]
    public void A_file_that_unpacks_without_end_is_left_after_the_expected_length()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        using (GZipStream bomb = new(File.Create(made.File("mnist/train-labels-idx1-ubyte.gz")), CompressionLevel.Fastest))
        {
            bomb.Write(MadeSet.IdxLabels(0, 1));
            byte[] zeros = new byte[1 << 20];
            for (int part = 0; part < 200; part++)
                bomb.Write(zeros);
        }

        File.Delete(made.File("mnist/train-labels-idx1-ubyte"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(made, "train-labels-idx1-ubyte.gz", "found more than 60008 bytes");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Theory]
    [InlineData(3072)]
    [InlineData(3074)]
    [InlineData(0)]
    public void Cifar_records_must_be_whole(int length)
    {
        using MadeSet made = new();
        for (int batch = 1; batch <= 5; batch++)
            made.Write($"data_batch_{batch}.bin", new byte[batch == 3 ? length : 3073]);
        made.Write("test_batch.bin", new byte[3073]);
        Says(
            Assert.Throws<InvalidDataException>(() => SpecDataset.Of("cifar10", Two).Load(made.Folders, 1)),
            "data_batch_3.bin", $"found {length} bytes", "records of 3073");
    }

    [Fact]
    public void A_cifar_label_that_names_no_class_is_told_with_its_file()
    {
        using MadeSet made = new();
        made.Write("train.bin", MadeSet.Cifar(2, 0, 1, 100));
        made.Write("test.bin", MadeSet.Cifar(2, 0, 1));
        Says(
            Assert.Throws<InvalidDataException>(() => SpecDataset.Of("cifar100", Two).Load(made.Folders, 1)),
            "train.bin", "label 100 at example 2", "0 to 99");
    }

    [Fact]
    public void Made_files_are_not_the_published_ones_unless_verify_is_false()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        Says(
            Assert.Throws<InvalidDataException>(() =>
                SpecDataset.Of("mnist", """{"classes": [0, 1], "train": 2, "test": 2}""").Load(made.Folders, 1)),
            "train-images-idx3-ubyte.gz", "SHA-256", "ba891046e6505d7a", "found 4720 bytes, expected 47040016", "verify: false");
    }

    [Fact]
    public void More_examples_than_there_are_is_an_error_of_the_spec_or_of_the_users_own_file()
    {
        Says(
            Assert.Throws<FormatException>(() => SpecDataset.Of("cifar10", """{"classes": [0, 1], "train": 9000, "validation": 1001, "test": 2}""")),
            "dataset.cifar10.validation", "5001 images of class airplane", "5000");
        Says(
            Assert.Throws<FormatException>(() => SpecDataset.Of("mnist", """{"train": 60001, "balanced": false, "test": 2}""")),
            "60001", "no more than the 60000");
        Says(
            Assert.Throws<FormatException>(() => SpecDataset.Of("mnist", """{"classes": [5, 6], "train": 10844, "test": 2}""")),
            "5422 images of class 5", "5421");
        using MadeSet made = new MadeSet().WithIdx("mnist");
        Says(
            Assert.Throws<InvalidDataException>(() =>
                SpecDataset.Of("mnist", """{"classes": [0, 1], "train": 8, "test": 2, "verify": false}""").Load(made.Folders, 1)),
            "train-labels-idx1-ubyte", "4 images of class 0", "the 3 training images");
    }

    [Theory]
    [InlineData("""{"classes": ["cat", "unicorn"], "train": 2, "test": 2}""", "one of airplane")]
    [InlineData("""{"classes": [0, 10], "train": 2, "test": 2}""", "[0, 9]")]
    [InlineData("""{"classes": ["cat", 3], "train": 2, "test": 2}""", "cat twice")]
    [InlineData("""{"classes": ["cat"], "train": 2, "test": 2}""", "a list of 2 or more")]
    public void A_class_that_does_not_exist_is_an_error_of_the_spec(string settings, string said) =>
        Says(Assert.Throws<FormatException>(() => SpecDataset.Of("cifar10", settings)), "dataset.cifar10.classes", said);

    private static void Refused(MadeSet made, params string[] said) =>
        Says(Assert.Throws<InvalidDataException>(() => SpecDataset.Of("mnist", Two).Load(made.Folders, 1)), said);

    private static void Says(Exception failure, params string[] said) =>
        Assert.All(said, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
}
