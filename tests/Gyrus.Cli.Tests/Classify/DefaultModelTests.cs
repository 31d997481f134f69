using Gyrus.Cli.Commands.Classify;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

public sealed class DefaultModelTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public void Find_prefers_the_model_beside_the_program()
    {
        ColourModel.Write(_temp.File("program/models/default"));
        ColourModel.Write(_temp.File("clone/models/default"));

        Assert.Equal(_temp.File("program/models/default"),
            DefaultModel.Find(_temp.File("program"), _temp.File("clone")));
    }

    [Fact]
    public void Find_looks_at_and_above_the_current_folder()
    {
        ColourModel.Write(_temp.File("clone/models/default"));

        Assert.Equal(_temp.File("clone/models/default"),
            DefaultModel.Find(_temp.File("program"), _temp.File("clone/a/b")));
        Assert.Equal(_temp.File("clone/models/default"),
            DefaultModel.Find(_temp.File("program"), _temp.File("clone")));
    }

    [Fact]
    public void Find_takes_no_folder_without_a_manifest()
    {
        Directory.CreateDirectory(_temp.File("clone/models/default"));

        Assert.Null(DefaultModel.Find(_temp.File("program"), _temp.File("clone")));
    }

    public void Dispose() => _temp.Dispose();
}
