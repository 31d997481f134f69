using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Gyrus.Cluster.Training;
using Gyrus.Learning.Features;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;
using Gyrus.Learning.Weights;

namespace Gyrus.Cluster.Clients;

/// <summary>Jobs that train. Their names follow from what they do: who begins one a second time is with the first.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="weights">Holds pretrained backbones, which are brought to the nodes.</param>
/// <param name="time">The clock.</param>
public sealed class TrainingJobs(ClusterClient cluster, WeightStore weights, TimeProvider time)
{
    private const int FeatureShard = 128;

    private readonly ClusterJobs _jobs = new(cluster);

    /// <summary>Has the features of all images of a plan's manifest computed.</summary>
    /// <param name="plan">The plan; its head and its optimisation do not matter.</param>
    /// <param name="progress">Told of the planning.</param>
    /// <param name="cancel">Leaves a job that is begun half, to be begun again.</param>
    /// <returns>The job.</returns>
    public async Task<string> Features(RunPlan plan, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        // One job for all heads.
        var package = await Bring(plan with { Head = HeadOptions.Published, Training = new TrainingOptions(), FineTune = null, Start = null, Teacher = null });
        var images = plan.Manifest.Rows.DistinctBy(row => row.Sha256).Select(row => row.Path);
        return await Begin(Request(JobKind.Features, package, $"features of {plan.Backbone.Name}", plan), images, new ShardCut(FeatureShard), progress, cancel);
    }

    /// <summary>Has the folds of a plan trained, one a shard.</summary>
    /// <param name="plan">The plan; its manifest's rows are in folds.</param>
    /// <param name="features">The job of the features; null where the backbone is fitted.</param>
    /// <param name="progress">Told of the planning.</param>
    /// <param name="cancel">Leaves a job that is begun half, to be begun again.</param>
    /// <returns>The job.</returns>
    /// <exception cref="GyrusException">The manifest has no folds.</exception>
    public async Task<string> Folds(RunPlan plan, string? features, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var folds = Enumerable.Range(0, FoldStudy.Count(plan)).Select(fold => fold.ToString(CultureInfo.InvariantCulture));
        return await Begin(Request(JobKind.Folds, await Bring(plan), $"folds of {plan.Backbone.Name}", plan) with { After = features }, folds, new ShardCut(1), progress, cancel);
    }

    /// <summary>Has the settings of a grid tried, one a shard.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="grid">The settings.</param>
    /// <param name="features">The job of the features.</param>
    /// <param name="progress">Told of the planning.</param>
    /// <param name="cancel">Leaves a job that is begun half, to be begun again.</param>
    /// <returns>The job.</returns>
    public async Task<string> Tuning(RunPlan plan, TuningGrid grid, string features, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(grid);
        var request = Request(JobKind.Tuning, await Bring(plan), $"heads on {plan.Backbone.Name}", plan) with { After = features };
        return await Begin(request, grid.Points().Select(TuningItem.Write), new ShardCut(1), progress, cancel);
    }

    /// <summary>Puts the features that a job computed into a cache on this machine.</summary>
    /// <param name="job">The job, which has ended.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="folder">Where features are cached.</param>
    /// <param name="progress">Told of shards.</param>
    /// <param name="cancel">Stops; what is there stays.</param>
    /// <returns>Why images have no features, a sentence each.</returns>
    /// <exception cref="GyrusException">Some shards have none.</exception>
    public async Task<IReadOnlyList<string>> KeepFeatures(string job, RunPlan plan, string folder, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await RequireWhole(job);
        using var extractor = new FeatureExtractor(plan.Backbone, plan.Weights, plan.Preprocessing, plan.Float16);
        using var cache = extractor.OpenCache(folder);
        cache.BeginWriting();
        var errors = new List<string>();
        await foreach (var lines in _jobs.Answers(job, progress, cancel)) errors.AddRange(FeatureLines.Keep(lines, cache));
        return errors;
    }

    /// <summary>Puts the runs that a job trained into the folder of a study (<see cref="FoldStudy.RunFolder"/>); those that are there already stay.</summary>
    /// <param name="job">The job, which has ended.</param>
    /// <param name="folder">The study's folder.</param>
    /// <param name="progress">Told of shards.</param>
    /// <param name="cancel">Stops; what is there stays.</param>
    /// <exception cref="GyrusException">Some folds have none.</exception>
    public async Task KeepFolds(string job, string folder, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        await RequireWhole(job);
        await foreach (var lines in _jobs.Answers(job, progress, cancel))
        {
            foreach (var line in FoldLine.Read(lines))
            {
                var run = FoldStudy.RunFolder(folder, int.Parse(line.Fold, CultureInfo.InvariantCulture));
                if (Directory.Exists(run)) continue;
                Directory.CreateDirectory(folder);
                var fetched = await cluster.Ask(grains => PackageTransfer.Fetch(grains, line.Run, folder), cancel);
                Directory.Move(fetched, run);
            }
        }
    }

    /// <summary>What the settings of a job gave.</summary>
    /// <param name="job">The job, which has ended.</param>
    /// <param name="progress">Told of shards.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="GyrusException">Some settings have no result.</exception>
    public async Task<IReadOnlyList<TuningResult>> TuningResults(string job, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        await RequireWhole(job);
        var results = new List<TuningResult>();
        await foreach (var lines in _jobs.Answers(job, progress, cancel)) results.AddRange(Encoding.UTF8.GetString(lines).Split('\n')[..^1].Select(TuningResult.FromJson));
        return results;
    }

    private async Task RequireWhole(string job)
    {
        if ((await _jobs.Show(job)).Troubles is [var trouble, ..]) throw new GyrusException($"Job {job}: shard {trouble.Shard} has no answers: {trouble.Reason} Resume the job to try it again.");
    }

    private JobRequest Request(JobKind kind, string package, string what, RunPlan plan) => new(
        package, ClusterVersion.Own, $"{what}, gyrus {ClusterVersion.Own}", new AnswerOptions(), Path.GetFullPath(plan.ManifestPath), time.GetUtcNow(), kind);

    private async Task<string> Begin(JobRequest request, IEnumerable<string> items, ShardCut cut, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        List<string> all = [.. items];
        var what = string.Join('\n', [request.Kind.ToString(), request.Package, request.Version, request.After ?? "", .. all]);
        var id = $"{request.Kind.ToString().ToLowerInvariant()}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..12]}";
        var known = await _jobs.Find(id);
        if (known?.Status == JobStatus.Cancelled) throw new GyrusException($"Job {id} would do the same, and was given up. Delete it first.");
        if (known is null or { Status: JobStatus.Planning }) await _jobs.Begin(id, known?.Request ?? request, all.Select(item => (IReadOnlyList<string>)[item]), cut, progress, cancel);
        return id;
    }

    private async Task<string> Bring(RunPlan plan)
    {
        var temporary = Directory.CreateTempSubdirectory("gyrus-plan-");
        try
        {
            string? hash = null;
            if (plan.FineTune is not { FromScratch: true } && weights.List().FirstOrDefault(entry => entry.Backbone == plan.Backbone.Name) is { } entry)
            {
                var folder = temporary.CreateSubdirectory("weights").FullName;
                File.Copy(entry.Path, Path.Combine(folder, Path.GetFileName(entry.Path)));
                hash = await _jobs.Bring(folder);
            }
            var planned = Path.Combine(temporary.FullName, "plan");
            PlanPackage.Write(planned, plan, hash);
            return await _jobs.Bring(planned);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }
}
