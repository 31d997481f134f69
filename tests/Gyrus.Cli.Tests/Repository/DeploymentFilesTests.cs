using System.Text.RegularExpressions;
using Gyrus.Cli.Commands;
using Gyrus.Cluster;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Hosting;
using Gyrus.Testing;
using k8s;
using k8s.Models;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Gyrus.Cli.Tests.Repository;

/// <summary>What can be checked of the files that deploy the service without an engine or a cluster.</summary>
public sealed partial class DeploymentFilesTests
{
    private static string Manifests => Path.Combine(TestFiles.Root, "deploy", "kubernetes");

    [Fact]
    public void The_manifests_are_what_the_Kubernetes_API_knows_and_fit_together()
    {
        var listed = Yaml(Path.Combine(Manifests, "kustomization.yaml"))["resources"].AsSequence().ToList();
        var all = listed.SelectMany(file => KubernetesYaml.LoadAllFromString(
            File.ReadAllText(Path.Combine(Manifests, file)), strict: true)).ToList();

        Assert.Equal(Directory.GetFiles(Manifests).Length - 1, listed.Count);
        var deployment = Assert.Single(all.OfType<V1Deployment>());
        var pod = deployment.Spec.Template;
        Assert.Equal(pod.Metadata.Labels, deployment.Spec.Selector.MatchLabels);
        var service = Assert.Single(all.OfType<V1Service>());
        Assert.Equal(pod.Metadata.Labels, service.Spec.Selector);
        var port = Assert.Single(pod.Spec.Containers.Single().Ports);
        Assert.Equal(port.Name, service.Spec.Ports.Single().TargetPort.Value);
        Assert.Equal(pod.Metadata.Labels, Assert.Single(all.OfType<V1PodDisruptionBudget>()).Spec.Selector.MatchLabels);
        var scaled = Assert.Single(all.OfType<V2HorizontalPodAutoscaler>()).Spec.ScaleTargetRef;
        Assert.Equal((deployment.Kind, deployment.Metadata.Name), (scaled.Kind, scaled.Name));
        Assert.Single(all.OfType<V1Namespace>());
    }

    [Fact]
    public void The_pods_run_without_root_on_a_file_system_that_is_read_only()
    {
        var pod = KubernetesYaml.Deserialize<V1Deployment>(File.ReadAllText(Path.Combine(Manifests, "deployment.yaml")), strict: true)
            .Spec.Template.Spec;
        var container = pod.Containers.Single();

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal("/v2/health/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/v2/health/live", container.LivenessProbe.HttpGet.Path);
    }

    [Fact]
    public void The_compose_file_runs_this_image_read_only_after_its_database()
    {
        var services = Yaml(Path.Combine(TestFiles.Root, "compose.yaml"))["services"];
        var gyrus = services["gyrus"];

        Assert.Equal(".", gyrus["build"].AsText());
        Assert.Equal("true", gyrus["read_only"].AsText());
        Assert.Equal("service_healthy", gyrus["depends_on"]["database"]["condition"].AsText());
        Assert.Contains("Host=database;", gyrus["environment"]["GYRUS_DATABASE"].AsText(), StringComparison.Ordinal);
        Assert.All(gyrus["ports"].AsSequence(), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.StartsWith("postgres:", services["database"]["image"].AsText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifests_of_nodes_fit_together_and_start_what_the_program_takes()
    {
        var folder = Path.Combine(Manifests, "nodes");
        var listed = Yaml(Path.Combine(folder, "kustomization.yaml"))["resources"].AsSequence().ToList();
        var all = listed.SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(folder, file)), strict: true)).ToList();

        Assert.Equal(Directory.GetFiles(folder).Length - 1, listed.Count);
        var deployment = Assert.Single(all.OfType<V1Deployment>());
        var pod = deployment.Spec.Template;
        var container = pod.Spec.Containers.Single();
        Assert.Empty(GyrusCommand.Create().Parse([.. container.Args]).Errors);
        Assert.True(pod.Spec.SecurityContext.RunAsNonRoot);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        var http = new Uri(container.Args[^1]);
        Assert.Equal([NodeOptions.DefaultPort, ClusterClient.DefaultGatewayPort, http.Port], container.Ports.Select(port => port.ContainerPort));
        Assert.Equal(("/health", "http"), (container.ReadinessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Port.Value));
        Assert.Equal($"{http.Port}", pod.Metadata.Annotations["prometheus.io/port"]);
        Assert.Equal(pod.Metadata.Labels, Assert.Single(all.OfType<V1PodDisruptionBudget>()).Spec.Selector.MatchLabels);
        Assert.Equal(pod.Metadata.Labels, Assert.Single(all.OfType<V1NetworkPolicy>()).Spec.PodSelector.MatchLabels);
        var scaling = Assert.Single(all.OfType<V2HorizontalPodAutoscaler>()).Spec;
        Assert.Equal((deployment.Kind, deployment.Metadata.Name), (scaling.ScaleTargetRef.Kind, scaling.ScaleTargetRef.Name));
        // The gauge's name as Prometheus has it.
        Assert.Equal(JobGauges.Waiting.Replace('.', '_'), scaling.Metrics[0].External.Metric.Name);
    }

    [Fact]
    public void The_compose_file_of_a_cluster_starts_three_nodes_after_their_store()
    {
        var services = Yaml(Path.Combine(TestFiles.Root, "compose.cluster.yaml"))["services"];
        var node = services["node"];

        Assert.Equal("3", node["deploy"]["replicas"].AsText());
        Assert.Empty(GyrusCommand.Create().Parse([.. node["command"].AsSequence()]).Errors);
        Assert.Empty(GyrusCommand.Create().Parse([.. node["healthcheck"]["test"].AsSequence().Skip(3)]).Errors);
        Assert.Equal("true", node["read_only"].AsText());
        Assert.Equal("service_healthy", node["depends_on"]["database"]["condition"].AsText());
        Assert.IsType<ClusterStore.PostgreSql>(ClusterStore.Parse(node["environment"]["GYRUS_CLUSTER"].AsText()));
    }

    [Fact]
    public void The_images_command_is_one_that_the_program_takes_and_it_is_not_root()
    {
        var lines = File.ReadAllLines(Path.Combine(TestFiles.Root, "Dockerfile"));

        foreach (var line in lines.Where(line => line.Contains("CMD [", StringComparison.Ordinal)))
        {
            var words = Word().Matches(line).Select(word => word.Groups[1].Value)
                .Where(word => word is not ("dotnet" or "/app/gyrus.dll"));
            Assert.Empty(GyrusCommand.Create().Parse([.. words]).Errors);
        }
        Assert.Contains("USER $APP_UID", lines);
        Assert.Contains(lines, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_image_is_built_from_is_in_the_build_context()
    {
        var allowed = File.ReadLines(Path.Combine(TestFiles.Root, ".dockerignore")).Where(line => line.StartsWith('!'))
            .Select(line => line[1..]).ToList();

        Assert.All(allowed, path => Assert.True(Path.Exists(Path.Combine(TestFiles.Root, path)), path));
        Assert.Empty(((string[])["src", "models", "Directory.Build.props", "Directory.Packages.props"]).Except(allowed));
    }

    private static YamlNode Yaml(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Word();
}

/// <summary>What tests read of YAML.</summary>
internal static class YamlReading
{
    public static string AsText(this YamlNode node) => ((YamlScalarNode)node).Value!;

    public static IEnumerable<string> AsSequence(this YamlNode node) => ((YamlSequenceNode)node).Select(AsText);
}
