using Gyrus.Dicom;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;

namespace Gyrus.Server.Studies;

/// <summary>An object that was sent.</summary>
/// <param name="ClassUid">Its class.</param>
/// <param name="InstanceUid">Its UID.</param>
/// <param name="StudyUid">Its study.</param>
/// <param name="Failure">Why it was not taken, as PS3.18 table I.2-2 numbers it; null where it was.</param>
internal sealed record SentObject(string ClassUid, string InstanceUid, string StudyUid, int? Failure = null);

/// <summary>A study in the spool.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Objects">Objects that are there.</param>
/// <param name="Newest">When the last came.</param>
/// <param name="Answer">What was answered; null where nothing was yet.</param>
internal sealed record SpooledStudy(string Uid, int Objects, DateTimeOffset Newest, StoredAnswer? Answer)
{
    /// <summary>Whether all objects that came are answered.</summary>
    public bool IsAnswered => Answer is not null && Answer.Objects >= Objects;

    /// <summary>Whether there is work to do: to answer, again where objects came since, or to store the report.</summary>
    public bool IsOpen => !IsAnswered || !Answer!.IsReported;
}

/// <summary>
/// The objects of studies that were sent, and the answers to studies, as files: <c>studies/UID/UID.dcm</c> and <c>answers/UID.json</c>. Each is written whole or not at
/// all, so that a service that was killed goes on where it was.
/// </summary>
/// <param name="folder">Where they are.</param>
internal sealed class StudySpool(string folder)
{
    // PS3.18 table I.2-2: out of resources, cannot understand, belongs to another study.
    private const int OutOfResources = 0xA700, CannotUnderstand = 0xC000, OtherStudy = 0xA900;

    private string Studies => Path.Combine(folder, "studies");

    private string Answers => Path.Combine(folder, "answers");

    /// <summary>Takes an object.</summary>
    /// <param name="body">Its bytes; read to the end.</param>
    /// <param name="study">The study that it must be of; null for any.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<SentObject> Add(Stream body, string? study, CancellationToken cancellation)
    {
        var incoming = Path.Combine(folder, "incoming");
        CreateFolder(incoming);
        var part = Path.Combine(incoming, Path.GetRandomFileName());
        try
        {
            await using (var file = File.Create(part)) await body.CopyToAsync(file, cancellation);
            var data = DicomFile.ReadHeader(part).Data;
            var sent = new SentObject(data.Text(DicomTags.SopClassUid), data.Text(DicomTags.SopInstanceUid), data.Text(DicomTags.StudyInstanceUid));
            if (!DicomUids.IsUid(sent.InstanceUid) || !DicomUids.IsUid(sent.StudyUid)) return sent with { Failure = CannotUnderstand };
            if (study is not null && study != sent.StudyUid) return sent with { Failure = OtherStudy };
            // Reports and others are no images: they are taken, so that an archive is not told of a failure, and not kept.
            if (data.Text(DicomTags.Modality) is not ("CT" or "MR")) return sent;
            CreateFolder(Path.Combine(Studies, sent.StudyUid));
            File.Move(part, PathOf(sent), overwrite: true);
            return sent;
        }
        catch (DicomException)
        {
            return new SentObject("", "", study ?? "", CannotUnderstand);
        }
        catch (IOException) when (!cancellation.IsCancellationRequested)
        {
            return new SentObject("", "", study ?? "", OutOfResources);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The studies that are there or were answered.</summary>
    public IReadOnlyList<SpooledStudy> All() => [.. Names(Studies).Concat(Names(Answers).Select(name => Path.GetFileNameWithoutExtension(name)!)).Distinct()
        .Order(StringComparer.Ordinal).Select(Find).OfType<SpooledStudy>()];

    /// <summary>A study; null where nothing of it is known.</summary>
    /// <param name="uid">Its UID.</param>
    public SpooledStudy? Find(string uid)
    {
        if (!DicomUids.IsUid(uid)) return null;
        var objects = new DirectoryInfo(Path.Combine(Studies, uid));
        FileInfo[] files = objects.Exists ? objects.GetFiles("*.dcm") : [];
        var answer = File.Exists(AnswerPath(uid)) ? StoredAnswer.Read(File.ReadAllBytes(AnswerPath(uid))) : null;
        if (files.Length == 0 && answer is null) return null;
        return new(uid, files.Length, files.Length == 0 ? DateTimeOffset.MinValue : files.Max(file => file.LastWriteTimeUtc), answer);
    }

    /// <summary>The files of a study's objects.</summary>
    public IReadOnlyList<string> Files(string uid) => [.. Directory.GetFiles(Path.Combine(Studies, uid), "*.dcm").Order(StringComparer.Ordinal)];

    /// <summary>Keeps the answer to a study.</summary>
    public void Answer(string uid, StoredAnswer answer)
    {
        CreateFolder(Answers);
        AtomicFile.Write(AnswerPath(uid), stream => stream.Write(answer.Json));
    }

    /// <summary>Deletes a study's objects.</summary>
    public void DeleteObjects(string uid)
    {
        var objects = Path.Combine(Studies, uid);
        if (Directory.Exists(objects)) Directory.Delete(objects, recursive: true);
    }

    /// <summary>Deletes a study's objects and its answer.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Delete(string uid)
    {
        if (Find(uid) is null) return false;
        DeleteObjects(uid);
        File.Delete(AnswerPath(uid));
        return true;
    }

    private static IEnumerable<string> Names(string of) => Directory.Exists(of) ? Directory.EnumerateFileSystemEntries(of).Select(path => Path.GetFileName(path)!) : [];

    private string PathOf(SentObject sent) => Path.Combine(Studies, sent.StudyUid, sent.InstanceUid + ".dcm");

    private string AnswerPath(string uid) => Path.Combine(Answers, uid + ".json");

    // For this user's eyes alone: they are images of patients.
    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
