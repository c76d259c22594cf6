#include "page/escape.h"

#include <gtest/gtest.h>

namespace parcours::page {
namespace {

TEST(Escape, ATextCannotBecomeMarkup) {
  EXPECT_EQ(html_escaped("<b onclick=\"x('&')\">"),
            "&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;");
}

TEST(Escape, AProgramCannotEndItsScriptElement) {
  EXPECT_EQ(script_escaped("a='</script>'"), "a='<\\/script>'");
  EXPECT_EQ(script_escaped("a='</SCRIPT >'"), "a='<\\/SCRIPT >'");
  EXPECT_EQ(script_escaped("a='<!-- <script'"), "a='<\\!-- <script'");
  EXPECT_EQ(script_escaped("a<!b; '</scrip"), "a<!b; '</scrip");
}

TEST(Escape, JsonInAPageHoldsNoMarkup) {
  EXPECT_EQ(json_escaped(R"({"a":"</script><!--&"})"),
            R"({"a":"\u003c/script\u003e\u003c!--\u0026"})");
}

}  // namespace
}  // namespace parcours::page
