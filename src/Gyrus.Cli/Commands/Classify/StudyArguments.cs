using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Tells whether a user named studies or single images.</summary>
internal static class StudyArguments
{
    /// <summary>What a row of answers is of, where the user does not say it: a study where a folder with DICOM or NIfTI files, a volume, or a DICOMDIR is named.</summary>
    /// <param name="arguments">What the user named.</param>
    public static AnswerLevel Level(IEnumerable<string> arguments) => arguments.Any(HoldsStudies) ? AnswerLevel.Study : AnswerLevel.Slice;

    private static bool HoldsStudies(string argument)
    {
        if (argument == "-") return false;
        if (!Directory.Exists(argument)) return NiftiVolume.IsNifti(argument) || StudyWalk.IsDirectory(argument) || FileSlices.HasSeveral(argument);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(argument, "*", options).Where(file => !IsPicture(file) && !PassedOver.NeverHoldsScans(file))
            .Any(file => ImageFormats.OfFile(file)?.Name == DicomSlices.FormatName || NiftiVolume.IsNifti(file));
    }

    // A folder of thousands of pictures is not to be opened file by file.
    private static bool IsPicture(string file) => ImageFormats.All.Any(format =>
        format.Name != DicomSlices.FormatName && format.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));
}
