fetch("/api/time").then(answer => answer.text()).then(text => document.getElementById("time").textContent = text);
