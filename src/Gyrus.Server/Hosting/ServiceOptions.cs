using System.Threading.RateLimiting;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.Studies;

namespace Gyrus.Server.Hosting;

/// <summary>How the service runs. The defaults are safe on a machine that others can reach.</summary>
/// <param name="Model">Folder of the model package.</param>
/// <param name="Database">Where results and keys are kept.</param>
public sealed record ServiceOptions(string Model, DatabaseOptions Database)
{
    private const int UsualMostImages = 32;

    private readonly int? _mostImages;

    /// <summary>The address unless others are given: this machine alone can reach it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The addresses that it listens on.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Whether images are fetched from addresses that callers name; not unless told so.</summary>
    public bool AllowUrlFetch { get; init; }

    /// <summary>Hosts that may be fetched from wherever they are, such as a private archive.</summary>
    public IReadOnlyList<string> FetchAllow { get; init; } = [];

    /// <summary>Images that wait for the network at most; 64 unless given. A request that would make them more is answered
    /// 503.</summary>
    public int QueueLimit { get; init; } = 64;

    /// <summary>What <see cref="QueueLimit"/> may be.</summary>
    public static ValueRange QueueRange { get; } = new(1, 100_000);

    /// <summary>Images of one request at most, no more than <see cref="QueueLimit"/>; unless given 32, or what the queue holds where that
    /// is less.</summary>
    public int MostImages { get => _mostImages ?? Math.Min(UsualMostImages, QueueLimit); init => _mostImages = value; }

    /// <summary>Bytes of one image file at most; 32 MiB unless given.</summary>
    public int LargestImage { get; init; } = 32 << 20;

    /// <summary>What <see cref="LargestImage"/> may be: up to 1 GiB.</summary>
    public static ValueRange ImageRange { get; } = new(1, 1L << 30);

    /// <summary>Bytes of all files of a study that comes as a form at most, and of a volume that one of them unfolds to; 1 GiB unless given.</summary>
    public long LargestStudy { get; init; } = 1L << 30;

    /// <summary>What <see cref="LargestStudy"/> may be: up to 2 GiB.</summary>
    public static ValueRange StudyRange { get; } = new(1, 1L << 31);

    /// <summary>Files of such a study at most, and images in them; 5,000 unless given.</summary>
    public int MostStudyImages { get; init; } = 5000;

    /// <summary>What <see cref="MostStudyImages"/> may be.</summary>
    public static ValueRange StudyImagesRange { get; } = new(1, 100_000);

    /// <summary>Width times height of an image at most; 100 megapixels unless given. Files are smaller than what they hold.</summary>
    public int PixelLimit { get; init; } = (int)ScanDecoder.DefaultPixelLimit;

    /// <summary>What <see cref="PixelLimit"/> may be.</summary>
    public static ValueRange PixelRange { get; } = new(1, 500_000_000);

    /// <summary>Bytes that the bodies of all requests at work, and the images that are fetched for them, may take together; 512 MiB
    /// unless given. A request that would make them more is answered 503, or 413 where it alone does.</summary>
    public long BodyMemory { get; init; } = 512L << 20;

    /// <summary>What <see cref="BodyMemory"/> may be: up to 1 TiB.</summary>
    public static ValueRange MemoryRange { get; } = new(1, 1L << 40);

    /// <summary>Images that go through the network together at most, 1 to 1,024; 4 unless given.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Threads that classify, each a batch of its own, 1 to 1,024; 0, the default, for as many as there are cores.</summary>
    public int Workers { get; init; }

    /// <summary>Sides that an image is looked at from: 1, 2 or 4 (<see cref="ClassifierOptions"/>); 1 unless given.</summary>
    public int Views { get; init; } = 1;

    /// <summary>The tumour probability, 0 to 1, from which an image is called a tumour; null, the default, for the model's
    /// own.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether the image files that were classified are kept, in the data folder; not unless told so.</summary>
    public bool KeepImages { get; init; }

    /// <summary>How long results, and their images where those are kept, are kept, an hour or more; null, the default, for
    /// ever.</summary>
    public TimeSpan? KeepResults { get; init; }

    /// <summary>What <see cref="KeepResults"/> is at least.</summary>
    public static TimeSpan ShortestKept { get; } = TimeSpan.FromHours(1);

    /// <summary>How studies that are sent are taken and answered; null, the default, where none are taken.</summary>
    public StudyOptions? Studies { get; init; }

    /// <summary>Makes a key's limit, of its name and its requests a minute, where replicas of the service share it; null, the default, for one of this process.</summary>
    public Func<string, int, RateLimiter>? SharedLimits { get; init; }

    /// <summary>Other replicas of the service, with which it shares the images that wait; null, the default, for none.</summary>
    public IOtherReplicas? OtherReplicas { get; init; }

    /// <summary>A key that is good beside those of the database, where a deployment gives one from its own store of
    /// secrets; null for none. At least <see cref="ShortestFixedKey"/> characters.</summary>
    public string? FixedKey { get; init; }

    /// <summary>Characters of <see cref="FixedKey"/> at least, as many as those of AWS API Gateway's keys.</summary>
    public const int ShortestFixedKey = 20;

    /// <summary>Whether an address other than this machine's own is listened on.</summary>
    public bool IsReachable => Urls.Any(url => !ListeningAddress.IsLoopback(url));

    /// <summary>How the classifier is opened.</summary>
    internal ClassifierOptions Classifier => new(BatchSize, Workers, PixelLimit, Views, Threshold);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range; the message says which.</exception>
    public void Check()
    {
        if (Urls.Count == 0) throw new GyrusException("The service needs an address to listen on, such as " + DefaultUrl);
        foreach (var url in Urls) _ = ListeningAddress.IsLoopback(url);
        QueueRange.Require(QueueLimit, "The number of images that the queue holds");
        if (MostImages < 1 || MostImages > QueueLimit)
            throw new GyrusException($"A request has 1 to {QueueLimit} images, which is what the queue holds.");
        ImageRange.Require(LargestImage, "The number of bytes of an image");
        StudyRange.Require(LargestStudy, "The number of bytes of a study");
        StudyImagesRange.Require(MostStudyImages, "The number of images of a study");
        PixelRange.Require(PixelLimit, "The number of pixels of an image");
        MemoryRange.Require(BodyMemory, "The number of bytes of all bodies together");
        Classifier.Check();
        if (KeepResults < ShortestKept) throw new GyrusException("Results are kept for an hour at least.");
        if (FixedKey is { Length: < ShortestFixedKey })
            throw new GyrusException($"GYRUS_KEY has at least {ShortestFixedKey} characters, that nobody can guess.");
    }
}
