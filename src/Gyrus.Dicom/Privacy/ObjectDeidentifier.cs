using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;

namespace Gyrus.Dicom.Privacy;

/// <summary>An object without what tells who it is of.</summary>
/// <param name="Data">Its attributes.</param>
/// <param name="Syntax">The transfer syntax to write it in.</param>
/// <param name="Tally">What became of its attributes.</param>
public sealed record DeidentifiedObject(DicomDataset Data, TransferSyntax Syntax, AttributeTally Tally);

/// <summary>Takes out of objects what tells who they are of: the Basic Application Level Confidentiality Profile, PS3.15 annex E. Pixels are not looked at.</summary>
/// <param name="pseudonyms">What stands for UIDs and patients.</param>
/// <param name="options">What is kept beyond the basic profile.</param>
public sealed class ObjectDeidentifier(Pseudonyms pseudonyms, DeidentificationOptions options)
{
    /// <summary>Treats an object. References to other objects stay references where those are treated with the same secret.</summary>
    /// <param name="file">The object, with its class and its UID: see <see cref="ObjectRisk.Refusal"/>.</param>
    public DeidentifiedObject Apply(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var data = file.Data;
        var tally = new AttributeTally();
        bool isSigned = file.Syntax.IsImplicit && data.Whole(DicomTags.PixelRepresentation) == 1;
        var treated = new DatasetTreatment(pseudonyms, options, Patient(data), KnownIdentifiers.Of(data), isSigned, tally).Of(data);
        var syntax = data.Find(DicomTags.PixelData)?.Fragments is null ? TransferSyntax.ExplicitLittleEndian
            : file.Syntax with { IsImplicit = false, IsBigEndian = false, IsDeflated = false };
        return new(With(treated, Marks(Patient(data))), syntax, tally);
    }

    /// <summary>A data set with further attributes, which stand for those of their numbers.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="others">The attributes, of texts.</param>
    public static DicomDataset With(DicomDataset data, DicomDataset others)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(others);
        return new([.. data.Elements.Where(element => others.Find(element.Tag) is null), .. others.Elements], data.IsBigEndian);
    }

    /// <summary>Names a patient: by number, else by name, else by study.</summary>
    private static string Patient(DicomDataset data) =>
        data.Text(DicomTags.PatientId) is { Length: > 0 } number ? number
        : data.Text(DicomTags.PatientName) is { Length: > 0 } name ? $"name {name}" : $"study {data.Text(DicomTags.StudyInstanceUid)}";

    private DicomDataset Marks(string patient) => new DatasetBuilder()
        .Text(DicomTags.PatientName, pseudonyms.Patient(patient))
        .Text(DicomTags.PatientId, pseudonyms.Patient(patient))
        .Text(DicomTags.PatientIdentityRemoved, "YES")
        .Text(DicomTags.DeidentificationMethod, ["Gyrus", $"PS3.15 {ConfidentialityProfile.Edition} table E.1-1"])
        .Sequence(DicomTags.DeidentificationMethodCodeSequence, [.. options.Codes.Select(code => new DatasetBuilder()
            .Text(DicomTags.CodeValue, code.Value).Text(DicomTags.CodingSchemeDesignator, "DCM").Text(DicomTags.CodeMeaning, code.Meaning).Build())])
        .Text(DicomTags.LongitudinalTemporalInformationModified, options.KeepIntervals ? "MODIFIED" : "REMOVED")
        .Build();
}
