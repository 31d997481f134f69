using System.CommandLine;
using Gyrus.Server.Hosting;

namespace Gyrus.Cli.Commands.Serve;

/// <summary>The settings that bound what the service takes and keeps, and say how it classifies.</summary>
internal sealed class LimitFlags
{
    private static readonly ValueRange Computed = new(1, 1024);

    private readonly Setting<int> _queue = Numbers(
        "--queue", "GYRUS_QUEUE", $"Images that wait for the network at most ({ServiceOptions.QueueRange}; 64 if not given).",
        ServiceOptions.QueueRange);

    private readonly Setting<int> _images = Numbers(
        "--most-images", "GYRUS_MOST_IMAGES", "Images of one request at most (1 to what the queue holds; 32 if not given).",
        ServiceOptions.QueueRange);

    private readonly Setting<long> _largest = Sizes(
        "--largest-image", "GYRUS_LARGEST_IMAGE", "Bytes of an image file at most (up to 1GiB; 32MiB if not given).",
        "1GiB", ServiceOptions.ImageRange);

    private readonly Setting<long> _study = Sizes(
        "--largest-study", "GYRUS_LARGEST_STUDY", "Bytes of the files of a study that is sent as a form at most (up to 2GiB; 1GiB if not given).",
        "2GiB", ServiceOptions.StudyRange);

    private readonly Setting<int> _studyImages = Numbers(
        "--most-study-images", "GYRUS_MOST_STUDY_IMAGES", $"Files of such a study, and images in them, at most ({ServiceOptions.StudyImagesRange}; 5,000 if not given).",
        ServiceOptions.StudyImagesRange);

    private readonly Setting<int> _pixels = Numbers(
        "--pixel-limit", "GYRUS_PIXEL_LIMIT", $"Width times height of an image at most ({ServiceOptions.PixelRange}; 100,000,000 if not given).",
        ServiceOptions.PixelRange);

    private readonly Setting<long> _memory = Sizes(
        "--body-memory", "GYRUS_BODY_MEMORY", "Bytes that the images of all requests at work take together at most (up to 1024GiB; 512MiB if not given).",
        "1024GiB", ServiceOptions.MemoryRange);

    private readonly Setting<int> _batch = Numbers(
        "--batch", "GYRUS_BATCH", $"Images that go through the network together at most ({Computed}; 4 if not given).", Computed);

    private readonly Setting<int> _workers = Numbers(
        "--workers", "GYRUS_WORKERS", $"Threads that classify, each a batch of its own ({Computed}; one a core if not given).", Computed);

    private readonly Setting<int> _views = new(
        "--views", "GYRUS_VIEWS", "1|2|4", "1: the image as it is. 2: its mirror image too, 4: both upside down too, and the mean of the "
            + "answers; takes 2 or 4 times as long.",
        "1, 2 or 4", text => text switch { "1" => 1, "2" => 2, "4" => 4, _ => null });

    private readonly Setting<double> _threshold = new(
        "--threshold", "GYRUS_THRESHOLD", "P", "Tumour probability from which a scan is called a tumour; the model's own if not given.",
        "a probability, 0 to 1, such as 0.35", text => SettingText.Probability(text));

    private readonly Setting<TimeSpan> _kept = new(
        "--keep-results", "GYRUS_KEEP_RESULTS", "AGE", "Delete results, and images that are kept, once they are so old: 90d, 36h. Kept for ever if not given.",
        "a number of hours or days, 1h to 36500d, such as 36h or 90d",
        text => SettingText.Age(text, ServiceOptions.ShortestKept, TimeSpan.FromDays(36_500)));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            _queue.Option, _images.Option, _largest.Option, _study.Option, _studyImages.Option, _pixels.Option, _memory.Option, _batch.Option, _workers.Option, _views.Option, _threshold.Option,
            _kept.Option])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>A service's options with what is set.</summary>
    /// <param name="options">The others.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="environment">A variable's value; null where there is none.</param>
    /// <exception cref="GyrusException">A value is out of range; the message names the option or variable.</exception>
    public ServiceOptions Read(ServiceOptions options, ParseResult parsed, Func<string, string?> environment)
    {
        options = options with
        {
            QueueLimit = _queue.Read(parsed, environment) ?? options.QueueLimit,
            LargestImage = (int)(_largest.Read(parsed, environment) ?? options.LargestImage),
            LargestStudy = _study.Read(parsed, environment) ?? options.LargestStudy,
            MostStudyImages = _studyImages.Read(parsed, environment) ?? options.MostStudyImages,
            PixelLimit = _pixels.Read(parsed, environment) ?? options.PixelLimit,
            BodyMemory = _memory.Read(parsed, environment) ?? options.BodyMemory,
            BatchSize = _batch.Read(parsed, environment) ?? options.BatchSize,
            Workers = _workers.Read(parsed, environment) ?? options.Workers,
            Views = _views.Read(parsed, environment) ?? options.Views,
            KeepResults = _kept.Read(parsed, environment),
            Threshold = _threshold.Read(parsed, environment) ?? options.Threshold,
        };
        if (_images.Read(parsed, environment) is not { } images) return options;
        if (images <= options.QueueLimit) return options with { MostImages = images };
        throw new GyrusException($"{_images.Names} is {images}, and a request has at most as many images as the queue holds: "
            + $"{options.QueueLimit}. Give 1 to {options.QueueLimit}, or raise {_queue.Names}.");
    }

    private static Setting<int> Numbers(string name, string variable, string description, ValueRange range) => new(
        name, variable, "N", description, $"a whole number, {range}", text => SettingText.Number(text, range));

    private static Setting<long> Sizes(string name, string variable, string description, string most, ValueRange range) => new(
        name, variable, "BYTES", description, $"a number of bytes, 1 to {most}, such as 1000000, 500KiB, 32MiB or 1GiB",
        text => SettingText.Bytes(text, range));
}
