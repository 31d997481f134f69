using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Gyrus.Cluster.Training;

namespace Gyrus.Cluster.Work;

/// <summary>What needs libtorch. A build with <c>-p:Learning=false</c> leaves this file and its like out.</summary>
internal static partial class JobWork
{
    static partial void OpenTraining(JobRequest request, string package, WorkOptions options, IGrainFactory grains, ref Task<IJobWork>? opening) =>
        opening = OpenTraining(request, package, options, grains);

    private static async Task<IJobWork> OpenTraining(JobRequest request, string package, WorkOptions options, IGrainFactory grains)
    {
        var plan = await PlanPackage.Open(package, weights => PackageTransfer.Fetch(grains, weights, options.PackageFolder));
        if (request.Kind == JobKind.Features) return new FeatureWork(plan);
        var features = new FeatureCopy();
        try
        {
            if (request.After is { } before) await features.Fetch(plan, new FeatureShards(before, grains));
            return request.Kind == JobKind.Folds ? new FoldWork(plan, features, Path.Combine(options.RunFolder, request.Package), grains) : new TuningWork(plan, features, options.WorkerCount);
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }
}
