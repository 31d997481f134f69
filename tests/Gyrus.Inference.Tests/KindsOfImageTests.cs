using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Models;
using Gyrus.Models.Trust;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Inference.Tests;

/// <summary>The shipped model with two kinds of image, whose centres are two of the samples.</summary>
public sealed class KindsOfImageTests : IDisposable
{
    private static readonly string Axial = Path.Combine(TestFiles.Root, "samples", "mri-healthy-axial-ventricles.png");
    private static readonly string Sagittal = Path.Combine(TestFiles.Root, "samples", "mri-healthy-sagittal.png");

    private readonly TempFolder _temp = new();

    [Fact]
    public void An_image_of_a_kind_with_one_answer_is_refused_and_another_says_what_its_answer_is_worth()
    {
        using var classifier = ScanClassifier.Open(Package(
            ("Axial FLAIR", Axial, new KindAnswers(90, 300, 200, 0.6, new KindRecord(25, 23, 31, 1))), ("Sagittal T1", Sagittal, new KindAnswers(80, 231, 2, 0.97))));

        var results = classifier.Classify([Axial, Sagittal], cancel: TestContext.Current.CancellationToken).ToList();

        Assert.Null(results[0].Reason);
        Assert.StartsWith("Of images made like this one (Axial FLAIR) that were kept from training, it saw the tumour in 23 of 25", results[0].Worth);
        Assert.StartsWith("Sagittal T1: the training data has tumours only (231 of 233 images)", results[1].Reason);
        Assert.Equal((false, null), (results[1].Accepted, results[1].Worth));
    }

    [Fact]
    public void What_is_no_head_is_refused_as_such_and_not_as_a_kind_of_image()
    {
        using var classifier = ScanClassifier.Open(Package(("Sagittal T1", Sagittal, new KindAnswers(80, 231, 2, 0.97))));
        var black = _temp.File("black.png");
        Testing.Models.TestImage.Write(black, 0, 0, 0, 100, 100);

        var result = Assert.Single(classifier.Classify([black], cancel: TestContext.Current.CancellationToken));

        Assert.Equal("No head was found on the image.", result.Reason);
    }

    public void Dispose() => _temp.Dispose();

    private string Package(params (string Name, string Scan, KindAnswers Answers)[] kinds)
    {
        var shipped = ModelPackage.Load(Path.Combine(TestFiles.Root, "models", "default"));
        int count = AcquisitionColumns.SequenceCount;
        var known = new KnownKinds(
            new AcquisitionKinds(
                [.. kinds.Select(kind => new AcquisitionKind(kind.Name, Centre(kind.Scan)))], new float[count], Enumerable.Repeat(1f, count).ToArray()),
            [.. kinds.Select(kind => kind.Answers)]);
        var description = shipped.Description with
        {
            // The samples are to be refused for their kind alone.
            Abstention = shipped.Description.Abstention! with { NoveltyLimit = 1e6, Kinds = known },
        };
        return ModelPackage.Write(_temp.File("model"), description, stream =>
        {
            using var network = File.OpenRead(shipped.OnnxPath);
            network.CopyTo(stream);
        }, "A card.\n").Folder;
    }

    private static float[] Centre(string path)
    {
        var scan = ScanDecoder.Read(path);
        return AcquisitionColumns.Of(scan, HeadFinder.Find(scan))[..AcquisitionColumns.SequenceCount];
    }
}
