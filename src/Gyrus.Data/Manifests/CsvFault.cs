using CsvHelper;

namespace Gyrus.Data.Manifests;

/// <summary>What is wrong with a CSV file, in words for whoever wrote it: the reader's own tell programmers what to set.</summary>
internal static class CsvFault
{
    /// <summary>What is wrong, as it goes on after the file and the line.</summary>
    public static string Words(CsvHelperException fault) => fault switch
    {
        BadDataException => "a quotation mark is not closed, or stands inside of a field that has none around it; put one at both ends of "
            + "the field and write those inside of it twice",
        CsvHelper.MissingFieldException => "the line has fewer fields than the first one",
        _ => "the line is damaged",
    };
}
