namespace Gyrus.Dicom.Privacy;

/// <summary>What is kept beyond the basic profile; nothing unless it is said. Each makes it easier to tell who a patient is.</summary>
public sealed record DeidentificationOptions
{
    /// <summary>Whether all dates of a patient move by the same number of days, and times stay, in place of all being taken out.</summary>
    public bool KeepIntervals { get; init; }

    /// <summary>Whether descriptions stay that hold none of the names, numbers and dates of the object.</summary>
    public bool KeepDescriptions { get; init; }

    /// <summary>Whether the device may be known.</summary>
    public bool KeepDevice { get; init; }

    /// <summary>Whether the patient's sex, age, size, weight and the like stay.</summary>
    public bool KeepCharacteristics { get; init; }

    /// <summary>What was done, as codes of the standard: PS3.16 CID 7050.</summary>
    public IReadOnlyList<MethodCode> Codes =>
    [
        new("113100", "Basic Application Confidentiality Profile"),
        .. When(KeepDescriptions, new("113105", "Clean Descriptors Option")),
        .. When(KeepIntervals, new("113107", "Retain Longitudinal Temporal Information Modified Dates Option")),
        .. When(KeepCharacteristics, new("113108", "Retain Patient Characteristics Option")),
        .. When(KeepDevice, new("113109", "Retain Device Identity Option")),
    ];

    private static IEnumerable<MethodCode> When(bool isSo, MethodCode code) => isSo ? [code] : [];
}

/// <summary>A way of taking out what tells who a patient is: PS3.16 CID 7050, of the coding scheme DCM.</summary>
/// <param name="Value">The code.</param>
/// <param name="Meaning">What it means.</param>
public sealed record MethodCode(string Value, string Meaning);
