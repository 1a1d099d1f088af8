using System.Text;
using System.Text.Json;

namespace Cms.Body;

/// <summary>
/// The node types of the model. <see cref="NodeTypes"/> defines the ProseMirror content rules: which nodes a node can
/// contain.
/// </summary>
internal enum NodeType
{
    Doc,
    Paragraph,
    Text,
    Heading,
    BulletList,
    OrderedList,
    ListItem,
    Blockquote,
    CodeBlock,
    Callout,
    HorizontalRule,
    Image,
    Embed,
    ExternalEmbed,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    HardBreak,
}

internal static class NodeTypes
{
    private static readonly string[] Names =
    [
        .. Enum.GetNames<NodeType>()
            .Select(name => string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1))),
    ];

    private static readonly byte[][] Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    extension(NodeType type)
    {
        /// <summary>The name in the JSON.</summary>
        public string Name => Names[(int)type];

        public string NameWithArticle => $"{(type.Name[0] is 'a' or 'e' or 'i' or 'o' ? "An" : "A")} {type.Name}";

        public bool IsInline => type is NodeType.Text or NodeType.HardBreak;

        public bool IsLeaf =>
            type
                is NodeType.Text
                    or NodeType.HardBreak
                    or NodeType.HorizontalRule
                    or NodeType.Image
                    or NodeType.Embed
                    or NodeType.ExternalEmbed;

        public bool AllowsInlines => type is NodeType.Paragraph or NodeType.Heading;

        /// <summary>Whether the node can be empty. A list, for example, must have an item.</summary>
        public bool MayBeEmpty => type is NodeType.Doc or NodeType.Paragraph or NodeType.Heading or NodeType.CodeBlock;

        public bool Holds(NodeType child) =>
            type switch
            {
                NodeType.Paragraph or NodeType.Heading => child.IsInline,
                NodeType.BulletList or NodeType.OrderedList => child is NodeType.ListItem,
                NodeType.Table => child is NodeType.TableRow,
                NodeType.TableRow => child is NodeType.TableHeader or NodeType.TableCell,
                NodeType.TableHeader or NodeType.TableCell => child is NodeType.Paragraph,
                NodeType.CodeBlock => child is NodeType.Text,
                NodeType.Doc or NodeType.ListItem or NodeType.Blockquote or NodeType.Callout => !child.IsInline
                    && child
                        is not (
                            NodeType.Doc
                            or NodeType.ListItem
                            or NodeType.TableRow
                            or NodeType.TableHeader
                            or NodeType.TableCell
                        ),
                _ => false,
            };

        public string Contents =>
            type switch
            {
                NodeType.Paragraph or NodeType.Heading => "text and hardBreak",
                NodeType.BulletList or NodeType.OrderedList => "listItem",
                NodeType.Table => "tableRow",
                NodeType.TableRow => "tableHeader and tableCell",
                NodeType.TableHeader or NodeType.TableCell => "paragraph",
                NodeType.CodeBlock => "text without marks",
                NodeType.ListItem => "a paragraph first, then blocks",
                _ => "blocks such as paragraph, heading and bulletList",
            };
    }

    public static NodeType? Find(ref Utf8JsonReader json)
    {
        for (var i = 0; i < Utf8Names.Length; i++)
        {
            if (json.ValueTextEquals(Utf8Names[i]))
            {
                return (NodeType)i;
            }
        }

        return null;
    }
}
