using Xunit;

namespace Gyrus.Testing;

/// <summary>Where tests find the repository and the real scans beside it, and a skip with the reason elsewhere.</summary>
public static class TestFiles
{
    /// <summary>The repository's root: the folder that holds <c>Gyrus.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The published data set, or a skip of the calling test where it is not beside the repository.</summary>
    public static string Scans() => Shared("data/brain-ct-mri");

    /// <summary>A file or folder of <c>../shared</c>, or a skip of the calling test where it is not there.</summary>
    public static string Shared(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        Assert.SkipUnless(Path.Exists(path), $"needs ../shared/{relative}, which is not beside this clone");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Gyrus.slnx"))) return folder;
        }
        throw new InvalidOperationException("the tests must run from inside the repository: no Gyrus.slnx above "
            + AppContext.BaseDirectory);
    }
}
