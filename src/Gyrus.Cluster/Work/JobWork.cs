using Gyrus.Cluster.Jobs;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cluster.Work;

/// <summary>Finds who does what a job asks.</summary>
internal static class JobWork
{
    /// <summary>Makes ready for a job.</summary>
    /// <param name="request">What it asks.</param>
    /// <param name="package">The folder of its package.</param>
    /// <param name="options">How the node works.</param>
    /// <exception cref="GyrusException">The node cannot do it.</exception>
    public static IJobWork Open(JobRequest request, string package, WorkOptions options)
    {
        var classifier = ScanClassifier.Open(package, new ClassifierOptions(
            Workers: options.Workers, Views: request.Options.Views, Threshold: request.Options.Threshold, GraphFolder: options.GraphFolder));
        return request.Options.Level == AnswerLevel.Slice ? new SliceWork(classifier, request) : new StudyWork(classifier, request);
    }
}
