using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LookupProxy.Host.Configuration.Nodes;

/// <summary>
/// YAML to nodes, over the event parser: the representation model stops at the first duplicate key, and all faults are to be told at once.
/// Anchors and aliases work; merge keys, tags of other programs and more than one document do not.
/// </summary>
internal sealed class YamlText
{
    /// <summary>Far below what the stack bears; a configuration needs six.</summary>
    private const int MaxDepth = 32;

    /// <summary>YAML's own types, which say nothing new: every value is read as its setting wants it.</summary>
    private const string OwnTags = "tag:yaml.org,2002:";

    private readonly Dictionary<string, ConfigNode> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private readonly string _source;
    private readonly FaultList _faults;

    private YamlText(string text, string source, FaultList faults)
    {
        _parser = new Parser(new StringReader(text));
        _source = source;
        _faults = faults;
    }

    /// <returns>An empty section when the text is empty; null when it is no YAML, which is then among the faults.</returns>
    public static ConfigNode? Read(string text, string source, FaultList faults)
    {
        try
        {
            return new YamlText(text, source, faults).ReadDocument();
        }
        catch (YamlException e)
        {
            // Start is where what is broken begins, which may be the whole file; End is where it broke.
            if (TabLine(text) is { } line)
                faults.Error(new Origin(source, line, 1), "", "not YAML: indented with a tab; use spaces");
            else
                faults.Error(new Origin(source, (int)e.End.Line, (int)e.End.Column), "", $"not YAML: {Reason(e)}");
            return null;
        }
    }

    private ConfigNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            return new ConfigNode.Mapping(new Origin(_source, 1, 1), []);
        var root = ReadNode("", 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _faults.Error(At(second), "", "a second YAML document; one is expected");
        return root;
    }

    private ConfigNode ReadNode(string path, int depth)
    {
        if (depth > MaxDepth)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"more than {MaxDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return ReadAlias(alias, path);
        var start = (NodeEvent)_parser.Current!;
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && !start.Tag.Value.StartsWith(OwnTags, StringComparison.Ordinal))
            _faults.Error(At(start), path, "a tag, which means nothing here; nothing is included or decrypted", start.Tag.Value);
        ConfigNode node = start switch
        {
            MappingStart => ReadMapping(path, depth),
            SequenceStart => ReadSequence(path, depth),
            _ => ReadScalar(path),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = node;
        return node;
    }

    private ConfigNode ReadAlias(AnchorAlias alias, string path)
    {
        if (_anchors.TryGetValue(alias.Value.Value, out var node))
            return node;
        _faults.Error(At(alias), path, $"no anchor \"{alias.Value.Value}\" before this alias");
        return new ConfigNode.Scalar(At(alias), "", IsPlain: true);
    }

    private ConfigNode.Scalar ReadScalar(string path)
    {
        var scalar = _parser.Consume<Scalar>();
        if (scalar.Value.Contains("${", StringComparison.Ordinal))
            _faults.Warning(At(scalar), path, $"no variable takes the place of ${{…}}; give the whole setting as {EnvironmentOverrides.VariableOf(path)}");
        return new ConfigNode.Scalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private ConfigNode.Sequence ReadSequence(string path, int depth)
    {
        var at = At(_parser.Consume<SequenceStart>());
        var items = ImmutableArray.CreateBuilder<ConfigNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(ConfigPath.Join(path, items.Count), depth + 1));
        return new ConfigNode.Sequence(at, items.DrainToImmutable());
    }

    private ConfigNode.Mapping ReadMapping(string path, int depth)
    {
        var at = At(_parser.Consume<MappingStart>());
        var entries = ImmutableArray.CreateBuilder<ConfigNode.Entry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var (key, keyAt) = ReadKey(path);
            var inner = ConfigPath.Join(path, key);
            var value = ReadNode(inner, depth + 1);
            if (lines.TryAdd(key, keyAt.Line))
                entries.Add(new ConfigNode.Entry(key, keyAt, value));
            else
                _faults.Error(keyAt, inner, $"given twice; first on line {lines[key]}");
        }

        return new ConfigNode.Mapping(at, entries.DrainToImmutable());
    }

    private (string Key, Origin At) ReadKey(string path)
    {
        if (_parser.TryConsume<Scalar>(out var key))
            return (key.Value, At(key));
        var at = _parser.Current!;
        throw new YamlException(at.Start, at.End, $"a key of {(path.Length == 0 ? "the file" : path)} is no plain text");
    }

    private Origin At(ParsingEvent e) => new(_source, (int)e.Start.Line, (int)e.Start.Column);

    /// <summary>The usual mistake, for which the parser points at the file's beginning.</summary>
    private static int? TabLine(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var rest = line.TrimStart(" \t");
            if (!rest.IsEmpty && line[..^rest.Length].Contains('\t'))
                return number;
        }

        return null;
    }

    private static string Reason(YamlException e)
    {
        var text = e.InnerException is YamlException inner ? inner.Message : e.Message;
        return text.Length == 0 ? "cannot be read" : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
    }
}
