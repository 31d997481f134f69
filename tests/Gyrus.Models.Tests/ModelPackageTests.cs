using System.Text;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Models.Tests;

public sealed class ModelPackageTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly ModelDescription _description = SampleDescription.Create();

    [Fact]
    public void Load_of_a_written_package_gives_the_description_back()
    {
        var folder = WritePackage("model");

        var package = ModelPackage.Load(folder);

        Assert.Equal(Path.GetFullPath(folder), package.Folder);
        Assert.Equal(
            ModelPackage.ToJson(_description with { NetworkHash = NetworkFile.Hash("network"u8) }), ModelPackage.ToJson(package.Description));
        Assert.Equal("network", File.ReadAllText(package.OnnxPath));
        Assert.Equal("card\n", File.ReadAllText(Path.Combine(folder, ModelPackage.CardFile)));
    }

    /// <summary>The layout is persisted in models that people have. If this fails, raise
    /// <see cref="ModelDescription.CurrentFormatVersion"/>, go on reading the old one, and freeze the new one here.</summary>
    [Fact]
    public void ToJson_keeps_the_layout_of_format_version_1()
    {
        const string frozen = """
            {
              "formatVersion": 1,
              "name": "gyrus-resnet50-frozen",
              "version": "1.0.0",
              "backbone": "resnet50",
              "labels": [
                "ct_healthy",
                "ct_tumor",
                "mri_glioma",
                "mri_healthy",
                "mri_meningioma",
                "mri_pituitary",
                "mri_tumor"
              ],
              "preprocessing": {
                "size": 224,
                "kernel": "bilinear",
                "normalisation": "caffe",
                "framing": "whole"
              },
              "outputs": {
                "input": "input",
                "logits": "logits",
                "features": "features",
                "activations": "activations"
              },
              "provenance": {
                "dataHash": "1111111111111111111111111111111111111111111111111111111111111111",
                "splitHash": "2222222222222222222222222222222222222222222222222222222222222222",
                "weightsHash": "3333333333333333333333333333333333333333333333333333333333333333",
                "seed": 7,
                "trainedAt": "2026-02-03T04:05:06+00:00",
                "gyrusVersion": "0.1.0",
                "packageVersions": {
                  "TorchSharp": "0.107.0"
                }
              },
              "trainingImages": [
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
              ],
              "selectionImages": [
                "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
              ],
              "precision": "float32",
              "trust": null,
              "abstention": null
            }

            """;

        Assert.Equal(frozen, ModelPackage.ToJson(_description));
    }

    [Fact]
    public void Load_of_a_description_from_before_precision_was_said_reads_float32()
    {
        var folder = WritePackage("model");
        var path = Path.Combine(folder, ModelPackage.DescriptionFile);
        var json = File.ReadAllText(path);
        var old = json.Replace(",\n  \"precision\": \"float32\"", "", StringComparison.Ordinal);
        Assert.NotEqual(json, old);
        File.WriteAllText(path, old);

        Assert.Equal(Precision.Float32, ModelPackage.Load(folder).Description.Precision);
    }

    [Fact]
    public void Write_replaces_a_package_and_leaves_nothing_beside_it()
    {
        var folder = WritePackage("model");

        ModelPackage.Write(folder, _description with { Version = "2.0.0" }, stream => stream.WriteByte(1), "new");

        Assert.Equal("2.0.0", ModelPackage.Load(folder).Description.Version);
        Assert.Equal([folder], Directory.GetFileSystemEntries(_temp.Path));
    }

    [Fact]
    public void Write_that_fails_leaves_the_old_package_and_nothing_else()
    {
        var folder = WritePackage("model");

        Assert.Throws<InvalidOperationException>(() => ModelPackage.Write(folder, _description with { Version = "2.0.0" },
            stream =>
            {
                stream.WriteByte(1);
                throw new InvalidOperationException("a full disk");
            },
            "new"));

        Assert.Equal("1.0.0", ModelPackage.Load(folder).Description.Version);
        Assert.Equal([folder], Directory.GetFileSystemEntries(_temp.Path));
    }

    [Fact]
    public void Write_refuses_a_folder_that_holds_something_else()
    {
        var folder = Directory.CreateDirectory(_temp.File("photographs")).FullName;
        File.WriteAllText(Path.Combine(folder, "holiday.jpg"), "");

        var error = Assert.Throws<GyrusException>(() => WritePackage("photographs"));

        Assert.Contains(folder, error.Message);
        Assert.True(File.Exists(Path.Combine(folder, "holiday.jpg")));
    }

    [Fact]
    public void Write_refuses_a_manifest_that_could_not_be_read_back()
    {
        var error = Assert.Throws<GyrusException>(() => ModelPackage.Write(
            _temp.File("model"), _description with { Labels = ["cat", "dog"] }, _ => { }, "card"));

        Assert.Contains("cat, dog", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Path));
    }

    [Fact]
    public void Load_of_a_missing_folder_names_it()
    {
        var error = Assert.Throws<GyrusException>(() => ModelPackage.Load(_temp.File("nowhere")));

        Assert.Contains("nowhere: there is no such folder", error.Message);
    }

    [Theory]
    [InlineData(ModelPackage.DescriptionFile)]
    [InlineData(ModelPackage.OnnxFile)]
    public void Load_of_a_package_without_a_file_names_the_file(string name)
    {
        var folder = WritePackage("model");
        File.Delete(Path.Combine(folder, name));

        var error = Assert.Throws<GyrusException>(() => ModelPackage.Load(folder));

        Assert.StartsWith(Path.Combine(folder, name), error.Message);
    }

    [Theory]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 3", "Use a newer Gyrus")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": \"one\"", "formatVersion")]
    [InlineData("\"formatVersion\": 1,", "", "no formatVersion")]
    [InlineData("\"name\": \"gyrus-resnet50-frozen\"", "\"name\": null", "name")]
    [InlineData("\"backbone\": \"resnet50\",", "", "backbone")]
    [InlineData("\"ct_healthy\",", "", "without labelMeanings")]
    [InlineData("\"ct_healthy\",\n    \"ct_tumor\"", "\"ct_tumor\",\n    \"ct_healthy\"", "without labelMeanings")]
    [InlineData("\"size\": 224", "\"size\": 0", "preprocessing.size")]
    [InlineData("\"kernel\": \"bilinear\"", "\"kernel\": \"bicubic\"", "kernel")]
    [InlineData("\"kernel\": \"bilinear\"", "\"kernel\": 1", "kernel")]
    [InlineData("\"precision\": \"float32\"", "\"precision\": \"int4\"", "precision")]
    [InlineData("\"preprocessing\": {", "\"preprocessing\": ", "this is no description")]
    public void Load_of_a_wrong_manifest_says_which_file_and_what(string good, string bad, string said)
    {
        var folder = WritePackage("model");
        var path = Path.Combine(folder, ModelPackage.DescriptionFile);
        var json = File.ReadAllText(path);
        Assert.Contains(good, json);
        File.WriteAllText(path, json.Replace(good, bad, StringComparison.Ordinal));

        var error = Assert.Throws<GyrusException>(() => ModelPackage.Load(folder));

        Assert.StartsWith(path, error.Message);
        Assert.Contains(said, error.Message);
    }

    [Theory]
    [InlineData("\"temperature\": 0.84", "\"temperature\": 0", "trust.temperature is 0; it goes from 0.01 to 100")]
    [InlineData("\"temperature\": 0.84", "\"temperature\": -1", "trust.temperature is -1")]
    [InlineData("\"temperature\": 0.84", "\"temperature\": 1e999", "trust.temperature is Infinity")]
    [InlineData("\"temperature\": 0.84", "\"temperature\": \"NaN\"", "trust.temperature")]
    [InlineData("\"temperature\": 0.84", "\"temperature\": 0.84, \"temperature\": 2", "temperature")]
    [InlineData("\"threshold\": 0.42", "\"threshold\": 7", "trust.threshold.threshold is 7; it goes from 0 to 1")]
    [InlineData("\"wantedSensitivity\": 0.99", "\"wantedSensitivity\": -0.99", "trust.threshold.wantedSensitivity")]
    [InlineData("\"coverage\": 0.95", "\"coverage\": 95", "trust.conformal.coverage")]
    [InlineData("        0.83,\n", "", "trust.conformal.least is a list of 6")]
    [InlineData("        0.83,\n", "        83,\n", "trust.conformal.least[1] is 83")]
    [InlineData("\"images\": 1297", "\"images\": -1", "trust.images")]
    [InlineData("\"noveltyLimit\": 5.6", "\"noveltyLimit\": -5.6", "abstention.noveltyLimit is -5.6; it is a finite number from 0 on")]
    [InlineData("\"refused\": 0.01", "\"refused\": 1e400", "abstention.refused")]
    [InlineData("\"novelty\": \"novelty\"", "\"novelty\": null", "abstention is there without outputs.novelty")]
    [InlineData("\"logits\": \"logits\"", "\"logits\": \"\"", "outputs.logits is ''")]
    [InlineData("\"logits\": \"logits\"", "\"logits\": \"features\"", "outputs.features is 'features' once more")]
    [InlineData("\"dataHash\": \"1111", "\"dataHash\": \"X111", "provenance.dataHash")]
    [InlineData("\"bbbb", "\"bbbbb", "trainingImages[1]")]
    [InlineData("\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"", "null", "trainingImages[1] is null")]
    [InlineData("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "trainingImages[1] is 'aaaa")]
    [InlineData("\"TorchSharp\": \"0.107.0\"", "\"TorchSharp\": null", "provenance.packageVersions.TorchSharp is null")]
    [InlineData("\"networkHash\": \"", "\"networkHash\": \"z", "networkHash")]
    public void Load_of_a_manifest_with_a_value_out_of_range_names_file_member_and_range(string good, string bad, string said)
    {
        var folder = ModelPackage.Write(_temp.File("model"), DescriptionMutationTests.Full(), stream => stream.WriteByte(1), "card\n").Folder;
        var path = Path.Combine(folder, ModelPackage.DescriptionFile);
        var json = File.ReadAllText(path);
        Assert.Contains(good, json);
        File.WriteAllText(path, json.Replace(good, bad, StringComparison.Ordinal));

        var error = Assert.Throws<GyrusException>(() => ModelPackage.Load(folder));

        Assert.StartsWith(path, error.Message);
        Assert.Contains(said, error.Message);
    }

    [Fact]
    public void A_licence_lies_beside_the_weights_and_goes_with_the_package_that_is_replaced()
    {
        var folder = _temp.File("model");
        ModelPackage.Write(folder, _description, stream => stream.WriteByte(1), "card\n", "Research, not commercial\nterms\n");
        Assert.Equal("Research, not commercial\nterms\n", File.ReadAllText(Path.Combine(folder, "LICENSE")));

        ModelPackage.Write(folder, _description, stream => stream.WriteByte(1), "card\n");

        Assert.False(File.Exists(Path.Combine(folder, "LICENSE")));
    }

    [Fact]
    public void Load_of_a_manifest_of_a_later_minor_layout_ignores_what_it_does_not_know()
    {
        var folder = WritePackage("model");
        var path = Path.Combine(folder, ModelPackage.DescriptionFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"seed\": 7", "\"seed\": 7, \"mood\": \"good\"",
            StringComparison.Ordinal));

        Assert.Equal(7, ModelPackage.Load(folder).Description.Provenance.Seed);
    }

    public void Dispose() => _temp.Dispose();

    private string WritePackage(string name) => ModelPackage.Write(
        _temp.File(name), _description, stream => stream.Write(Encoding.UTF8.GetBytes("network")), "card\n").Folder;
}
