using Gyrus.Cluster.Jobs;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cluster.Work;

/// <summary>Finds who does what a job asks.</summary>
internal static partial class JobWork
{
    /// <summary>Makes ready for a job.</summary>
    /// <param name="request">What it asks.</param>
    /// <param name="package">The folder of its package.</param>
    /// <param name="options">How the node works.</param>
    /// <param name="grains">The cluster.</param>
    /// <exception cref="GyrusException">The node cannot do it.</exception>
    public static async Task<IJobWork> Open(JobRequest request, string package, WorkOptions options, IGrainFactory grains)
    {
        if (request.Kind != JobKind.Classify)
        {
            Task<IJobWork>? opening = null;
            OpenTraining(request, package, options, grains, ref opening);
            return await (opening ?? throw new GyrusException("this build of gyrus does not train. Start nodes of the one that does."));
        }
        var classifier = ScanClassifier.Open(package, new ClassifierOptions(
            Workers: options.Workers, Views: request.Options.Views, Threshold: request.Options.Threshold, GraphFolder: options.GraphFolder));
        return request.Options.Level == AnswerLevel.Slice ? new SliceWork(classifier, request) : new StudyWork(classifier, request);
    }

    /// <summary>Makes ready for training, in a build that does.</summary>
    static partial void OpenTraining(JobRequest request, string package, WorkOptions options, IGrainFactory grains, ref Task<IJobWork>? opening);
}
