using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Learning.Backbones;
using PureHDF;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>
/// Keras's HDF5 layout from version 2.12 on, in <c>.weights.h5</c> and <c>.keras</c>: groups follow the objects of the
/// model, a layer's weights are <c>…/layers/ADDRESS/vars/0</c>, <c>1</c>, … in Keras's order. The address is the class
/// in snake case, numbered through the model's layers; newer files add the layer's name as an attribute of
/// <c>vars</c>.
/// Source: keras-team/keras, keras/src/saving/saving_lib.py.
/// </summary>
internal static partial class Keras3H5
{
    private const string Vars = "vars";

    /// <summary>Far more groups in groups than any Keras model has; a damaged file may hold itself.</summary>
    private const int MaxDepth = 32;

    /// <summary>What the container of a model's layers is called; the second by Keras 2.12 to 2.15.</summary>
    private static readonly string[] Containers = ["layers", "_layer_checkpoint_dependencies"];

    /// <summary>The layers of a file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="config">The description of the model, where there is one.</param>
    /// <param name="backbone">The backbone whose layers give nameless ones their names where there is none.</param>
    public static List<StoredLayer> Layers(IH5Group root, KerasConfig? config, Backbone backbone)
    {
        var layers = new List<StoredLayer>();
        Collect(root, "", config, backbone, layers);
        return layers;
    }

    private static void Collect(
        IH5Group group, string path, KerasConfig? config, Backbone backbone, List<StoredLayer> layers)
    {
        if (path.Count(character => character == '/') > MaxDepth)
            throw new InvalidDataException("it has groups in groups without end");
        foreach (var child in Groups(group))
        {
            var childPath = $"{path}/{child.Name}";
            if (child.Name == Vars) continue;
            if (!Containers.Contains(child.Name))
            {
                Collect(child, childPath, null, backbone, layers);
                continue;
            }
            var members = Groups(child).Select(member => new Member(member, Address.Parse(member.Name))).ToArray();
            layers.AddRange(Named(members, childPath, config, backbone));
            foreach (var (member, inner) in Pair(members, config?.Layers.Where(layer => layer.Layers.Count > 0)))
                Collect(member.Group, $"{childPath}/{member.Group.Name}", inner, backbone, layers);
        }
    }

    /// <summary>The layers of one model that have weights, under their names.</summary>
    private static IEnumerable<StoredLayer> Named(
        Member[] members, string scope, KerasConfig? config, Backbone backbone)
    {
        Member[] weighted = [.. members.Where(member => member.Variables.Length > 0)];
        if (weighted.Any(member => member.StoredName is not null))
            return weighted.Select(member => member.Layer(scope, member.StoredName ?? member.Group.Name));

        var known = backbone.Graph.Layers.Select(layer => layer.Name).Where(name => !LayerNames.IsAutomatic(name))
            .ToHashSet();
        if (weighted.Any(member => known.Contains(LayerNames.Current(backbone, member.Group.Name))))
            return weighted.Select(member => member.Layer(scope, member.Group.Name));

        var order = config?.Layers ?? [.. LayerOrder.Of(backbone.Graph)
            .Select(layer => new KerasConfig(layer.Name, layer.KerasClass, null, []))];
        return Pair(weighted, order).Where(pair => pair.Config is not null)
            .Select(pair => pair.Member.Layer(scope, pair.Config!.Name));
    }

    /// <summary>
    /// Pairs each member with the description of the same rank among those of its class. The rank counts and not the
    /// number: Keras 2.13 counts each layer that has weights twice.
    /// </summary>
    private static IEnumerable<(Member Member, KerasConfig? Config)> Pair(
        IEnumerable<Member> members, IEnumerable<KerasConfig>? configs)
    {
        var byStem = (configs ?? []).ToLookup(config => SnakeCase(config.KerasClass));
        return members.GroupBy(member => member.Address.Stem).SelectMany(kind =>
        {
            var ranked = byStem[kind.Key].ToArray();
            return kind.OrderBy(member => member.Address.Number)
                .Select((member, rank) => (member, ranked.ElementAtOrDefault(rank)));
        });
    }

    /// <summary>A class name as Keras makes addresses of it: <c>separable_conv2d</c> of SeparableConv2D.</summary>
    private static string SnakeCase(string className)
    {
        // A registered class is "package>Class".
        var name = className[(className.LastIndexOf('>') + 1)..];
        return SnakeBorder().Replace(name, "_").ToLowerInvariant();
    }

    private static IEnumerable<IH5Group> Groups(IH5Group group) => group.Children().OfType<IH5Group>();

    [GeneratedRegex("(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex SnakeBorder();

    [GeneratedRegex(
        "^(?<stem>.*?)(_(?<number>[0-9]{1,9}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedName();

    /// <summary>The parts of an address: the class and which of its kind.</summary>
    private readonly record struct Address(string Stem, int Number)
    {
        public static Address Parse(string name)
        {
            var match = NumberedName().Match(name);
            var number = match.Groups["number"];
            return new Address(match.Groups["stem"].Value,
                number.Success ? int.Parse(number.Value, CultureInfo.InvariantCulture) : 0);
        }
    }

    /// <summary>A layer's or an inner model's group.</summary>
    private sealed record Member(IH5Group Group, Address Address)
    {
        public string? StoredName { get; } = NameOf(Group);

        public StoredVariable[] Variables { get; } = VariablesOf(Group);

        public StoredLayer Layer(string scope, string name) => new(scope, name, Variables);

        private static string? NameOf(IH5Group group) =>
            group.LinkExists(Vars) && group.Group(Vars) is var vars && vars.AttributeExists("name")
                ? vars.Attribute("name").Read<string>() : null;

        private static StoredVariable[] VariablesOf(IH5Group group)
        {
            if (!group.LinkExists(Vars)) return [];
            return
            [
                .. group.Group(Vars).Children().OfType<IH5Dataset>()
                    .Select(dataset => (Dataset: dataset, Number: Number(dataset.Name)))
                    .Where(pair => pair.Number >= 0)
                    .OrderBy(pair => pair.Number)
                    .Select(pair => H5Variable.Of("", pair.Dataset)),
            ];
        }

        private static int Number(string name) =>
            int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
    }
}
