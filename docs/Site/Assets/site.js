// The place of the page in the menu, and a copy button on every block of code. The pages work without either.
document.querySelector("nav.side [aria-current]")?.scrollIntoView({ block: "nearest" });
if (navigator.clipboard) {
  for (const block of document.querySelectorAll(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent.replace(/\n$/, "") + "\n");
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    block.append(button);
  }
}
