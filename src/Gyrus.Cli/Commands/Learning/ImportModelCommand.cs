using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Import;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus import-model</c>.</summary>
internal static class ImportModelCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("model") { Description = "A Keras model (.keras, .h5 with its layers, a TensorFlow.js layers folder), a .tflite in float32, with float16 weights or in eight bits, or an ONNX file." };
        var folder = new Option<string>("--out") { Description = "Folder of the model package.", Required = true };
        var labels = new Option<string>("--labels") { Description = "The labels of its outputs, in their order, parted by commas; of a model with one output, a sigmoid, the label of 0 and then that of 1.", Required = true };
        var healthy = new Option<string[]>("--healthy") { Description = "The labels that mean healthy, parted by commas; told by their names (no, notumor, normal, healthy …) if not given.", HelpName = "LABEL" };
        var modality = new Option<Modality?>("--modality") { Description = "The modality of labels that do not begin with one (ct_, mri_): ct or mri." }.TakeNames();
        var scaling = new Option<Normalisation>("--scaling")
        {
            Description = "How it wants pixels: tf (-1 to 1), caffe (blue first, less the ImageNet mean), torch (less the ImageNet mean, by its deviation), unit (0 to 1) or raw (0 to 255, as "
                + "models take them that scale by themselves).",
            Required = true,
        }.TakeNames();
        var size = new Option<int>("--size") { Description = "Width and height of its images in pixels, where the file does not say." };
        var framing = new Option<Framing>("--framing") { Description = "What of a scan it sees: whole, or head alone." }.TakeNames();
        var kernel = new Option<ResampleKernel>("--kernel") { Description = "How scans are brought to its size: bilinear, or nearest as Keras's load_img does." }.TakeNames();
        var name = new Option<string?>("--name") { Description = "The model's name; the file's if not given." };
        var version = new Option<string>("--model-version") { Description = "The model's version.", DefaultValueFactory = _ => "1.0.0" };
        var format = FormatOption.Create();
        var command = new Command(
            "import-model",
            "Makes a model package of a classifier that was trained elsewhere, so that classify, evaluate and serve work with it. Keras models of layers that Gyrus knows show where their answers "
            + "come from; others by occlusion (classify --heatmap-method occlusion).")
        {
            file, folder, labels, healthy, modality, scaling, size, framing, kernel, name, version, format,
        };
        command.AddExamples(
            "gyrus import-model best.keras --out models/theirs --labels glioma,meningioma,notumor,pituitary --modality mri --scaling caffe",
            "gyrus import-model resnet.onnx --out models/theirs --labels no,yes --scaling torch --size 224",
            "gyrus import-model binary.keras --out models/theirs --labels healthy,tumor --modality mri --scaling raw");
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            string[] order = [.. parsed.GetValue(labels)!.Split(',', StringSplitOptions.TrimEntries)];
            string[]? wellNames = parsed.GetValue(healthy) is { Length: > 0 } given ? [.. given.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))] : null;
            var meant = LabelNames.Guess(order, new LabelHints(wellNames, parsed.GetValue(modality)));
            var package = ModelImport.Write(path, parsed.GetValue(folder)!, new ImportOptions(
                parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path)), parsed.GetValue(version)!,
                new LabelSet(order.Select(label => meant.All.First(one => one.Name == label))), parsed.GetValue(scaling))
            {
                Framing = parsed.GetValue(framing),
                Kernel = parsed.GetValue(kernel),
                Size = parsed.GetValue(size),
            });
            var description = package.Description;
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new
                {
                    package = package.Folder,
                    size = description.Preprocessing.Size,
                    labels = description.LabelSet().All.Select(label => new { name = label.Name, tumour = label.IsTumour, modality = label.Modality?.ToString().ToLowerInvariant() }),
                    heatMaps = description.Outputs.LabelEvidence is not null,
                }));
                return Task.FromResult(ExitCode.Success);
            }
            foreach (var label in description.LabelSet().All)
                Console.Out.WriteLine($"{label.Name}: {(label.IsTumour switch { true => "a tumour", false => "healthy", null => "not said" })}");
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{package.Folder}: takes {description.Preprocessing.Size} x {description.Preprocessing.Size} pixels, {PixelScaling.Of(description.Preprocessing.Normalisation).Words}"));
            Console.Out.WriteLine("It is not calibrated and refuses nothing, and what it was trained on is not known.");
            Console.Out.WriteLine($"next: gyrus evaluate {ShellWord.Of(package.Folder)} dataset.csv --split none");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
