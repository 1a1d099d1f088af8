using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Cms.Site.Parts;

/// <summary>Text for XML documents.</summary>
internal static class XmlWords
{
    /// <summary>Returns a text without the characters that XML cannot contain, such as most control characters.</summary>
    public static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>Returns a document with its declaration.</summary>
    public static string Document(XElement root) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n";
}
