using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Connecting;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus cluster secret</c>.</summary>
internal static class ClusterSecretCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to make, which its owner alone may read." };
        var command = new Command("secret", "Makes the secret of a cluster. Copy the file to all its machines and name it with --secret: they encrypt what they say, and refuse who has another.") { file };
        command.AddExamples("gyrus cluster secret cluster.secret", "gyrus node --cluster 'Host=db;Database=gyrus' --secret cluster.secret");
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (Path.Exists(path)) throw new GyrusException($"{path}: this is there already, and machines may use it. Name another file.");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var text = new StreamWriter(path, options);
            text.WriteLine(ClusterSecret.Make());
            return ExitCode.Success;
        });
        return command;
    }
}
